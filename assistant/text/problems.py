"""Last year's problems: what section 五 reported, one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.expressions import regex

_ENUMERATED = regex(r"(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|(?<![\d.])\d[.．、](?!\d)|第[一二三四五六][，、])")
_STOP = regex(r"[；;。\n]")
_LEAD = regex(r"^[^：:]{0,20}[：:]|^(?:还|仍|主要|但|虽然[^，]*，)*(?:存在|是|表现为)?")


class _File(Frozen):
    problem_heads: str
    improvement_heads: str
    inline: str
    mended: str
    examples: str


@dataclass(frozen=True)
class _Heads:
    problem: re.Pattern[str]
    improvement: re.Pattern[str]
    inline: re.Pattern[str]
    mended: re.Pattern[str]
    examples: re.Pattern[str]


@cache
def _heads() -> _Heads:
    data = load_data("assistant.text", "data/problems.yaml", _File)
    return _Heads(*map(re.compile, (data.problem_heads, data.improvement_heads, data.inline, data.mended, data.examples)))


def split_problems(text: str) -> tuple[str, ...]:
    """The problems named in last year's section 五, without the improvements announced for them. Empty when none can be told apart."""
    told = _told_as_problem(text)
    if not told:
        return ()
    inline = _heads().inline.search(told)
    places = [match.end() for match in _ENUMERATED.finditer(told)]
    if len(places) > 1:
        pieces = [_STOP.split(told[a:b])[0] for a, b in zip(places, [*places[1:], len(told)], strict=True)]
    elif inline:
        pieces = [inline.group("problem")]
    else:
        body = told.split("：", 1)[-1] if "：" in told[:40] else told
        pieces = re.split(r"[；;。\n，,]" if _heads().examples.search(told) else r"[；;。\n]", _heads().examples.sub("", body))
    found = (_bare(piece) for piece in pieces)
    return tuple(problem for problem in found if len(problem) >= 6)


def _told_as_problem(text: str) -> str:
    """The stretch between the head of the problems and the head of the improvements."""
    head = next((match for match in _heads().problem.finditer(text) if not _told_as_mended(text, match.start())), None)
    if head is None:
        return ""
    rest = text[head.start() :]
    improvement = next((match for match in _heads().improvement.finditer(rest) if match.start() > 10), None)
    return rest[: improvement.start()] if improvement else rest


def _told_as_mended(text: str, place: int) -> bool:
    """Whether the sentence speaks of a problem of the year before that was mended."""
    start = text.rfind("。", 0, place) + 1
    stop = text.find("。", place)
    return bool(_heads().mended.search(text[start : stop if stop >= 0 else len(text)]))


def _bare(problem: str) -> str:
    bare = _ENUMERATED.sub("", problem).strip(" ，、；：:。\n“”")
    bare = re.sub(r"(?:等问题|等不足|等)?[。；，]?$", "", _LEAD.sub("", bare)).strip("，、；：:。 \n")
    return bare + "”" if bare.count("“") > bare.count("”") else bare
