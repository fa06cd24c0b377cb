"""Expressions compiled when first used answer as compiled ones."""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import expressions
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


def test_nothing_is_compiled_before_the_first_use() -> None:
    expression = regex("[一二三+是")
    with pytest.raises(re.error):
        expression.search("一是")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the expressions of this test are kept; nothing is known from before."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(expressions, "_NEW", {})
    expressions._kept.cache_clear()
    yield Path(expressions._file())
    expressions._kept.cache_clear()


def _end_of_run() -> None:
    re.purge()
    expressions._keep()
    expressions._kept.cache_clear()


PATTERNS = [
    (r"(?P<year>20[0-9]{2})年(?:度)?|(上年)", 0),
    ("[一二三四五六七八九十百千万\u4e00-\u9fff]+?件", 0),
    ("^(a)|b$", re.IGNORECASE | re.MULTILINE),
    (r"(?<![0-9])(?P<a>.)(?P=a)", re.DOTALL),
]


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_what_was_compiled_in_one_run_answers_the_same_in_the_next(
    place: Path, pattern: str, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "2024年收到12件，上年七件，A\nb\n申申"
    plain = re.compile(pattern, flags)
    for _ in ("made", "kept"):
        found = regex(pattern, flags)
        assert [(match.span(), match.groupdict()) for match in found.finditer(text)] == [
            (match.span(), match.groupdict()) for match in plain.finditer(text)
        ]
        assert (found.groups, found.flags, dict(found.groupindex)) == (plain.groups, plain.flags, dict(plain.groupindex))
        _end_of_run()
        monkeypatch.setattr("re._parser.parse", None)  # nothing is compiled any more


def test_runs_add_to_what_others_kept(place: Path) -> None:
    for pattern in ("申请[0-9]", "复议[0-9]"):
        regex(pattern).search("")
        _end_of_run()
        expressions._NEW.clear()
    assert {pattern for pattern, _ in expressions._kept()} == {"申请[0-9]", "复议[0-9]"}


@pytest.mark.parametrize("content", [b"", b"no programs", b"\xe9\x00", marshal.dumps((("another Python", 1), {}))])
def test_what_cannot_be_used_is_made_anew(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    assert regex("申请([0-9]+)件").findall("申请7件") == ["7"]


def test_nothing_is_written_where_no_compiled_module_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    regex("申请[0-9]+件").search("")
    _end_of_run()
    assert not place.exists()
