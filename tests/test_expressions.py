"""Expressions compiled when first used answer as compiled ones."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.expressions import regex

_TEXT = "收到申请12件，办结申请7件。"


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.search(_TEXT).group("number"),
        lambda one: one.search(_TEXT, 6).span(),
        lambda one: one.match(_TEXT),
        lambda one: one.fullmatch("申请7件").group(),
        lambda one: [match.span() for match in one.finditer(_TEXT)],
        lambda one: one.findall(_TEXT),
        lambda one: one.sub("N", _TEXT),
        lambda one: one.split(_TEXT),
        lambda one: dict(one.groupindex),
        lambda one: one.pattern,
    ],
)
def test_an_expression_answers_as_a_compiled_one(ask: Any) -> None:
    pattern = r"申请(?P<number>[0-9]+)件"
    assert ask(regex(pattern)) == ask(re.compile(pattern))


def test_nothing_is_compiled_before_the_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compile_now = re.compile
    monkeypatch.setattr(re, "compile", lambda pattern, flags=0: made.append(pattern) or compile_now(pattern, flags))  # type: ignore[func-returns-value]
    expression = regex("[一二三]+是")
    assert not made
    assert [bool(expression.search(text)) for text in ("一是", "二", "三是")] == [True, False, True]
    assert made == ["[一二三]+是"]
