"""L101: characters and words written twice — 的的, 审核审核, 本报告、本报告 — but not 层层, nor 公开|开展 where two words meet."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pydantic import TypeAdapter

from assistant.checks.context import CheckContext, span_in
from assistant.checks.data_files import load, read
from assistant.checks.findings import found, judged
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.domain.base import Frozen
from assistant.domain.finding import Outcome, ReplaceText, Span
from assistant.domain.report import Block
from assistant.expressions import regex

_WORD = regex(r"([\u4e00-\u9fff]{2,8}?)\1")
_CJK = regex(r"[\u4e00-\u9fff]")
_CHAR = regex(r"([\u4e00-\u9fff])\1")
_LISTED = regex(r"(?:^|[，。；：、\s])([\u4e00-\u9fff]{3,8})、\1(?![\u4e00-\u9fff]{0,3}[、]|办公[室厅])")
_BY_ONES = regex(r"一(.)一\1")
_DIGITS, _PLACES = frozenset("一二三四五六七八九"), frozenset("十百千")
_ARABIC = regex(r"[0-9０-９]")
_EACH = frozenset("有皆必")  # 周周有调度
_HEADS = frozenset("长员")  # 代表团|团长, 图书馆|馆员
_PREPOSITIONS = frozenset("对把将以与和向按由就被")
_OPENING = frozenset("“‘《〈「")
_AROUND = 4
_WORD_COST, _ALONE_COST, _LEFTOVER_COST = 1.0, 1.5, 2.5
_TAIL_RUN, _HEAD_RUN = regex(r"[\u4e00-\u9fff]+$"), regex(r"[\u4e00-\u9fff]+")
_MARKS = regex(r"([，。；：、！？])\1+|[，、；：][。；，、：]|。[，、；：]")


class _Doubling(Frozen):
    pairs: tuple[str, ...]
    strict: str
    alone: str
    never: tuple[str, ...]
    phrases: tuple[str, ...]
    seams: tuple[str, ...]
    words: tuple[str, ...]


class _Lexicon(NamedTuple):
    pairs: frozenset[str]
    strict: frozenset[str]
    alone: frozenset[str]
    never: frozenset[str]
    phrases: frozenset[str]
    seams: tuple[str, ...]
    words: frozenset[str]

    def knows(self, word: str) -> bool:
        """Whether the two characters are a word."""
        return word in self.words or word in self.pairs or (len(word) == 2 and word[1] in _dictionary().get(word[0], ""))


@cache
def _dictionary() -> dict[str, str]:
    """The words of data/words.txt, by first character those that may follow it; read only when a doubled character has to be judged."""
    return {line[0]: line[2:] for line in read("words.txt").splitlines() if not line.startswith("#")}


def two_words_meet(text: str, place: int) -> bool:
    """Whether the character at a place ends a word and the next begins another: 专栏|日常, 以|经济."""
    lexicon = _lexicon()
    ends = lexicon.knows(text[max(place - 1, 0) : place + 1]) or text[place] in lexicon.alone
    return ends and lexicon.knows(text[place + 1 : place + 3])


def known_word(word: str) -> bool:
    """Whether two characters are a word of the language."""
    return _lexicon().knows(word)


@cache
def _lexicon() -> _Lexicon:
    data = load("doubling.yaml", TypeAdapter(_Doubling))
    return _Lexicon(
        frozenset(data.pairs), frozenset(data.strict), frozenset(data.alone), frozenset("".join(data.never)),
        frozenset(data.phrases), data.seams, frozenset(data.words),
    )  # fmt: skip


@rule("L101")
def doubled(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each doubled stretch is one finding, with the second half to be deleted. A doubt (single character between unknown words) is only told as info."""
    findings = []
    for part, block in ctx.blocks:
        for start, end, unit, doubtful in _doublings(block.text):
            span, twice = _shown(part, block, start, end), span_in(part, block, start, end)
            message = f"{part_name(ctx, part)}“{_around(block.text, start, end)}”中“{unit}”重复。"
            edits = (ReplaceText(span=twice, new=unit),)
            findings.append(
                found(ctx, "L101", message, span=span, expected=unit, actual=twice.text, edits=edits, severity="info" if doubtful else None)
            )
    return judged("L101", findings)


def _shown(part: str, block: Block, start: int, end: int) -> Span:
    """Where the doubling stands; of a single character with its neighbours, so that two such places can be told apart."""
    wider = 1 if end - start == 2 else 0
    return span_in(part, block, max(0, start - wider), min(len(block.text), end + wider))


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 6) : end + 6].replace("\n", "")


@lru_cache(maxsize=1024)
def _doublings(text: str) -> tuple[tuple[int, int, str, bool], ...]:
    """(start, end, unit, doubtful) of each doubling, longest first, none overlapping."""
    hits: list[tuple[int, int, str, bool]] = []
    lexicon = _lexicon()
    for match in _WORD.finditer(text):
        unit = match.group(1)
        if not _BY_ONES.fullmatch(match.group()) and unit * 2 not in lexicon.phrases and not _meeting(text, match, lexicon):
            hits.append((match.start(), match.end(), unit, False))
    for match in _LISTED.finditer(text):
        hits.append((match.start(1), match.end(), match.group(1), False))
    taken = [(start, end) for start, end, _, _ in hits]
    for match in _CHAR.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        verdict = _single(text, match.start(), lexicon)
        if verdict is not None:
            hits.append((match.start(), match.end(), match.group(1), verdict))
    for match in _MARKS.finditer(text):
        unit = match.group()[0] if len(set(match.group())) == 1 else match.group()[-1] if "。" in match.group()[-1] else match.group()[0]
        hits.append((match.start(), match.end(), unit, len(set(match.group())) > 1))
    return tuple(sorted(hits))


def _meeting(text: str, match: re.Match[str], lexicon: _Lexicon) -> bool:
    """Two different words that happen to share their ends: 公开公开率, 市政府政府信息公开."""
    seams = (seam for seam in lexicon.seams if match.group() in seam)
    return any(seam in text[max(match.start() - 1, 0) : match.end() + len(seam)] for seam in seams)


def _single(text: str, place: int, lexicon: _Lexicon) -> bool | None:
    """None where the doubling is right, False where it is wrong, True where it is only suspicious."""
    char, before, after = text[place], text[place - 1 : place], text[place + 2 : place + 3]
    if char in _DIGITS and before and before in "〇零○":
        return None  # 二〇二二年
    if (
        char == "十"
        or (char in _DIGITS and (after in _PLACES or after == "是" or (before in "（(" and after in "）)")))
        or (_ARABIC.match(before) and not lexicon.knows(char + after))
    ):
        return False  # 五五十条, 二二是, （三三）, 7件件
    if (
        _is_pair(text, place - 2)
        or _is_pair(text, place + 2)
        or after in _HEADS
        or (char in lexicon.strict and before + char in lexicon.words)
    ):
        return None
    dearer = _dearer(text, place, lexicon)
    if dearer > _ALONE_COST and before != "一" and after not in _EACH:
        return False
    if char in lexicon.strict and lexicon.knows(char + after):
        return None if char == "了" else True  # 制定了|了解: 了 stands freely before its object; 和|和谐 is more often a slip
    if char in _PREPOSITIONS and after in _OPENING and not lexicon.knows(before + char):
        return False  # 部门对对“一次性告知”: no word begins there that the second could belong to; 针对|对“…” may be meant
    if char in lexicon.strict or (char in lexicon.never and dearer == _ALONE_COST):
        return False
    return True if dearer > _WORD_COST and after not in _EACH else None


def _is_pair(text: str, place: int) -> bool:
    """Whether a doubled character stands there: 实实|在在."""
    return 0 <= place < len(text) - 1 and text[place] == text[place + 1] and bool(_CJK.match(text[place]))


def _dearer(text: str, place: int, lexicon: _Lexicon) -> float:
    """By how much the passage is dearer with both characters than with one, cut into words: a word of its own more is right (公开|开展), a character
    that no word takes is left over (政府|信|信息, 信息|息|的)."""
    before, behind = _TAIL_RUN.search(text, max(place - _AROUND, 0), place), _HEAD_RUN.match(text, place + 2, place + 2 + _AROUND)
    left, right = before.group() if before else "", behind.group() if behind else ""
    if left and right and lexicon.knows(left[-1] + text[place]) and lexicon.knows(text[place] + right[0]):
        left = left[-1]  # 海关|关区: two words meet whatever name stands before them
    return _cost(left + text[place] * 2 + right, lexicon) - _cost(left + text[place] + right, lexicon)


def _cost(run: str, lexicon: _Lexicon) -> float:
    """The least cost of cutting a run of characters into known words, characters that may stand alone, and leftovers."""
    costs = [0.0]
    for end in range(1, len(run) + 1):
        single = costs[end - 1] + (_ALONE_COST if run[end - 1] in lexicon.alone else _LEFTOVER_COST)
        pair = costs[end - 2] + _WORD_COST if end > 1 and lexicon.knows(run[end - 2 : end]) else single
        three = costs[end - 3] + _WORD_COST if end > 2 and run[end - 3 : end] in lexicon.words else single
        costs.append(min(single, pair, three))
    return costs[-1]
