"""L102: half-width marks in Chinese text — not in addresses, numbers or Latin words; one finding for each sentence, and one for all
paragraph numbers such as (一) of a part."""

from __future__ import annotations

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.prose import Sentence, part_name, sentences
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome, ReplaceText
from assistant.expressions import regex

_WIDE_MARKS = frozenset("〇，。；：、！？（）《》“”‘’〔〕【】〈〉")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。", "<": "〈", ">": "〉"}
_MARK = regex(r"[,;:!?().<>]")
_CLOSED = regex(r"[^()]*\)")
_A_YEAR = regex(r"20\d{2}年")
_LATIN = regex(r"(?:https?://|www\.)[\w./:?=&%#\-]+|[\w.\-]+@[\w.\-]+|\(0?\d{2,4}\)\s?\d{7,8}|\d+(?:[.,:]\d+)+")
_PARTS = ("preamble", "overview", "disclosure", "applications", "disputes", "problems", "other")
_NUMBERED = regex(r"^\s*\([一二三四五六七八九十]{1,3}\)")


@rule("L102")
def half_width(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Commas, colons, brackets and full stops of half width."""
    findings: list[Finding] = []
    for part in _PARTS:
        numbers: list[tuple[Sentence, int, int]] = []
        for sentence in sentences(ctx, (part,)):
            if not _MARK.search(sentence.text):
                continue
            number = _NUMBERED.match(sentence.text) if sentence.opens_block else None
            if number:
                numbers.append((sentence, sentence.text.index("("), number.end()))
            places = _places(sentence.text, number.end() if number else 0)
            if places:
                findings.append(_in_sentence(ctx, sentence, places))
        if numbers:
            findings.append(_numbers(ctx, numbers))
    return judged("L102", findings)


def _places(text: str, start: int) -> list[int]:
    spared = [match.span() for match in _LATIN.finditer(text)]
    marks = (match.start() for match in _MARK.finditer(text, start))
    return [place for place in marks if _in_chinese(text, place) and not any(a <= place < b for a, b in spared)]


def _in_chinese(text: str, place: int) -> bool:
    """Whether the mark stands next to Chinese text, a space between them disregarded where one is often typed."""
    mark, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    ahead = text[place - 2 : place - 1] if before.isspace() and place > 1 else before
    behind = text[place + 2 : place + 3] if after.isspace() else after
    if mark in ",;:!?":
        return _wide(before) or _wide(ahead) or _percent(before) or _percent(ahead) or _wide(after) or _wide(behind)
    if mark == "(":
        return _wide(after) or _wide(behind) or ((_wide(before) or _wide(ahead)) and _CLOSED.match(text, place + 1) is not None)
    if mark == ")":
        return _wide(before) or _wide(after)
    if mark == ".":
        return _full_stop(text, place, before, after)
    return _han(after) if mark == "<" else _han(before)


def _full_stop(text: str, place: int, before: str, after: str) -> bool:
    """Whether a point ends a Chinese sentence: 。 is meant."""
    last = text[place + 1 :] in ("", "\n")
    if _han(before) or before in tuple("）》”"):
        return last or _han(after) or after in tuple("“《（") or (_han(before) and _A_YEAR.match(text, place + 1) is not None)
    if _percent(before):
        return last or _han(after)
    return last and place > 2 and text[place - 3 : place].isdecimal()


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _wide(char: str) -> bool:
    return _han(char) or char in _WIDE_MARKS


def _percent(char: str) -> bool:
    return char in ("%", "％")


def _in_sentence(ctx: CheckContext, sentence: Sentence, places: list[int]) -> Finding:
    text = sentence.text
    first, last = places[0], places[-1] + 1
    marks = "、".join(f"“{mark}”" for mark in dict.fromkeys(text[place] for place in places))
    edits = tuple(ReplaceText(span=sentence.span(place, place + 1), new=_FULL[text[place]]) for place in places)
    span = sentence.span(max(0, first - 2), min(len(text), last + 2))
    count = f"（共 {len(places)} 处）" if len(places) > 1 else ""
    message = f"{part_name(ctx, sentence.part)}“{text[max(0, first - 8) : first + 9].strip()}”用了半角标点 {marks}{count}，应为全角。"
    shown = [text[place] for place in places[:4]]
    return found(ctx, "L102", message, span=span, expected="".join(_FULL[mark] for mark in shown), actual="".join(shown), edits=edits)


def _numbers(ctx: CheckContext, numbers: list[tuple[Sentence, int, int]]) -> Finding:
    edits = tuple(
        ReplaceText(span=sentence.span(place, place + 1), new=_FULL[sentence.text[place]])
        for sentence, start, end in numbers
        for place in (start, end - 1)
    )
    shown = "”“".join(sentence.text[start:end] for sentence, start, end in numbers)
    first, start, end = numbers[0]
    message = f"{part_name(ctx, first.part)}的段落序号“{shown}”用了半角括号，应为全角。"
    return found(ctx, "L102", message, span=first.span(start, end), expected="（）", actual="()", edits=edits)
