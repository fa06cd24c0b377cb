"""Taking out of a sentence what can no longer be said, where the rest still reads."""

from __future__ import annotations

import re

_PARENTHESES = re.compile(r"[（(][^（）()]*[）)]")
_LIST_HEAD = re.compile(r"[，。；：]?其中[，：:]?")
_RATE_CLAUSE = re.compile(r"^[，,]?(?:约?占|同比|环比|[较比](?:上|去)|与(?:上|去))")
_ITEM_STOPS = "，。；：、（）！？"


def cut_for(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch to take out so that `sentence[start:end]` goes and the rest reads: brackets, a list of parts, a percentage clause, a segment
    between semicolons, an item between 、. None when only the whole sentence can go."""
    return (
        _brackets(sentence, start, end)
        or _parts_list(sentence, start)
        or _rate_clause(sentence, start, end)
        or _segment(sentence, start, end)
        or _item(sentence, start, end)
    )


def _brackets(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    return next((match.span() for match in _PARENTHESES.finditer(sentence) if match.start() < start and end < match.end()), None)


def _parts_list(sentence: str, start: int) -> tuple[int, int] | None:
    heads = list(_LIST_HEAD.finditer(sentence, 0, start))
    if not heads or "；" in sentence[heads[-1].end() : start]:
        return None
    head = heads[-1]
    stop = min((place for mark in "；。" if (place := sentence.find(mark, start)) >= 0), default=len(sentence))
    return (head.start(), stop) if head.start() > 0 else None


def _clause(sentence: str, start: int, end: int, stops: str) -> tuple[int, int]:
    left = max((sentence.rfind(mark, 0, start) for mark in stops), default=-1) + 1
    right = min((place for mark in stops if (place := sentence.find(mark, end)) >= 0), default=len(sentence))
    return left, right


def _rate_clause(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    left, right = _clause(sentence, start, end, "，。；：")
    lead = max(left - 1, 0)
    return (lead, right) if left > 0 and sentence[lead] == "，" and _RATE_CLAUSE.match(sentence[left:right]) else None


def _segment(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    body = sentence.rstrip("。！？")
    if "；" not in body:
        return None
    left, right = _clause(body, start, end, "；")
    head = body[left:right].rfind("：", 0, start - left)
    if head >= 0:
        left += head + 1
    if right < len(body):
        return left, right + 1
    return (left - 1, right) if left > 0 and body[left - 1] == "；" else None


def _item(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """An item after the first of a list, when the number stands at its end: `、行政诉讼7件`."""
    left, right = _clause(sentence, start, end, _ITEM_STOPS)
    closes = end == len(sentence) or sentence[end] in _ITEM_STOPS
    return (left - 1, right) if closes and left > 0 and sentence[left - 1] == "、" else None


def title_in_list(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """A title 《…》 with its document number and the 、 that joins it to other titles; None when it stands alone."""
    number = re.match(r"[（(][^（）()]*号[）)]", sentence[end:])
    stop = end + (number.end() if number else 0)
    if sentence[:start].endswith("、") and ("》" in sentence[:start]):
        return start - 1, stop
    if sentence[:start].endswith("》"):
        return start, stop
    if sentence.startswith(("、《", "《"), stop):
        return start, stop + (1 if sentence[stop] == "、" else 0)
    return None
