"""A look at the next character before an expression finds the same as the expression alone."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.claims.lexicon import lexicon
from assistant.expressions import regex
from assistant.openings import guarded


def _guarded(pattern: str) -> str | None:
    parser: Any = import_module("re._parser")
    return guarded(pattern, parser.parse(pattern))


EXPRESSIONS = [
    r"(?:经)?(?:行政)?复议后?(?:再|又)?(?:提起|起诉)(?:的)?(?:行政)?(?:诉讼|起诉)?|复议后(?:的)?(?:行政)?诉讼",
    r"(?:^|[。；])\s*(?P<number>十[一二]?|[一二三])是(?!一|否)",
    r"(?:20[0-9]{2}年|上年)+?(?:度)?|(?<!法)规章",
    r"(?<=[，,])(?:收到)?(?P<a>申请|公开)(?P=a)?",
    r"^(?:根据|按照)|报告$",
    r"[-^\]&~|]{1,2}件",
]
ALPHABET = "经行政复议后再又提起诉讼的。；十一二三是否2024年上度法规章，,收到申请公开根据按照报告-^]&~|件\n "


@pytest.mark.parametrize("pattern", [*EXPRESSIONS, lexicon().domain.pattern])
@given(st.data())
def test_it_finds_the_same(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=ALPHABET, max_size=30) | st.from_regex(pattern))
    found, plain = regex(pattern), re.compile(pattern)
    told = [(match.span(), match.groups(), match.lastgroup) for match in plain.finditer(text)]
    assert [(match.span(), match.groups(), match.lastgroup) for match in found.finditer(text)] == told
    assert [(match.span(), match.groups(), match.lastgroup) for match in re.finditer(_guarded(pattern) or pattern, text)] == told


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("申请|公开", "公申"),
        ("(?:经)?复议", "复经"),
        (r"(?<!自)己", "己"),
        ("(?P<a>[一二])是", "一二"),
        ("(?:复议)+", "复"),
        ("^(?=申)公", "公"),
    ],
)
def test_the_characters_that_may_come_first(pattern: str, first: str) -> None:
    assert _guarded(pattern) == f"(?=[{first}])(?:{pattern})"


@pytest.mark.parametrize("pattern", ["申?", "", ".申", r"\d件", "[^申]件", "(?i:a)b", "(?:申|)公?", r"(a)?(?(1)b|c)", "[\u4e00-\u9fff]件"])
def test_where_anything_may_come_first_nothing_is_looked_at(pattern: str) -> None:
    assert _guarded(pattern) is None
