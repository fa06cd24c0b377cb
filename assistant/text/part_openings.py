"""Where lists of parts open in a paragraph, and how far each may reach: at words (其中, 分别为, 从…看), at a bracket or at a colon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.expressions import regex
from assistant.text.mentions import OPEN, SHUT, Mention
from assistant.text.sentences import Sentence

Kind = Literal["among", "complete", "division", "set", "bracket", "colon"]

_WORDS = regex(
    r"其中(?:主要)?(?:包括|包含)?|(?:主要)?(?:包括|包含)|主要[有为是]|分别[为是]|分为|具体(?:[为是]|包括)|即|[中里][，,：:]"
    r"|从[^，,。；;：:、0-9]{2,14}看[，,：:]?|按[^，,。；;：:、0-9]{1,14}分[，,：:]?"
)
_COMPLETE = ("分", "具体", "即")
_CLAUSE = frozenset("，,。；;：:、\n！？") | frozenset(OPEN)
_SET = regex(r"(?:信息|申请|文件|案件|公开件|答复|决定|事项|[件条篇个])(?:总数|总量)?$")
_NO_WORD = frozenset("将可使便时刻")  # 即将, 即可, 即时
_LED = 14  # characters between a total and a colon that leads its parts in: 88条，主要类别：
_NEXT_ITEM = regex(r"[；;](?:[二三四五六七八九]是|[（(][二三四五六七八九]|第[二三四五六七八九]|另外?|此外|同时)")
_NUMBERING = regex(r"[\s一二三四五六七八九十是、．.0-9（）()]{0,5}")


@dataclass(frozen=True)
class Opening:
    """A place where parts begin. `start`: where what says so begins, `end`: where the parts begin, `close`: where the list ends at the latest.
    `depth`: how many brackets are open for the parts; `kind`: 其中 (`among`), words that promise all parts (`complete`: 分别为), a point of view
    (`division`: 从…看, 按…分), 74件申请中 (`set`), `bracket` or `colon`; `leads`: whether nothing but numbering or 在…中 stands before it in the sentence;
    `low`: where the bracket begins that it stands in."""

    start: int
    end: int
    close: int
    depth: int
    kind: Kind
    leads: bool = False
    low: int = 0


def openings(text: str, sentence: Sentence, counts: list[Mention]) -> list[Opening]:
    """The openings of a sentence in order; `counts`: its counts with a measure word. One without a number before the next opening of its level opens
    nothing."""
    found = [*_at_words(text, sentence), *_at_marks(text, sentence, counts)]
    found.sort(key=lambda opening: (opening.start, opening.end))
    places = [m.numeral.start for m in counts]
    return [
        opening
        for place, opening in enumerate(found)
        if opening.kind == "bracket"
        or _has_number(opening, next((o for o in found[place + 1 :] if o.depth == opening.depth), None), places)
    ]


def _has_number(opening: Opening, following: Opening | None, places: list[int]) -> bool:
    limit = following.start if following else opening.close
    return any(opening.end <= place < limit for place in places)


def _at_words(text: str, sentence: Sentence) -> list[Opening]:
    found = []
    for match in _WORDS.finditer(text, sentence.start, sentence.end):
        kind = _kind(text, match.start(), match.end(), sentence)
        if kind is None:
            continue
        low = _clause_start(text, match.start(), sentence.start)
        leads = (
            kind == "set" or _NUMBERING.fullmatch(text, sentence.start, match.start()) is not None or _of_known(text[sentence.start : low])
        )
        depth, bracket, close = _inside(text, match.end(), sentence)
        start = low if kind == "set" else match.start()
        found.append(Opening(start, match.end(), _item_end(text, match.end(), close), depth, kind, leads, bracket))
    return found


def _kind(text: str, start: int, end: int, sentence: Sentence) -> Kind | None:
    """What the words at this place open, or None where they open nothing."""
    word = text[start:end]
    before = text[start - 1 : start] if start > sentence.start else ""
    if word[0] in "中里":
        return "set" if before != "其" and _SET.search(text[_clause_start(text, start, sentence.start) : start]) else None
    if word[0] in "从按":
        return "division" if not before or before in _CLAUSE or before.isspace() else None
    if word == "即" and (before not in ("，", ",") or text[end : end + 1] in _NO_WORD):
        return None
    return "complete" if word.startswith(_COMPLETE) else "among"


def _of_known(lead: str) -> bool:
    """Whether a sentence begins by naming the set that it divides: 在主动公开的信息中，…"""
    clause = lead.split("，", maxsplit=1)[0]
    return clause.endswith(("中", "里")) and bool(_SET.search(clause[:-1]))


def _clause_start(text: str, place: int, low: int) -> int:
    while place > low and text[place - 1] not in _CLAUSE:
        place -= 1
    return place


def _inside(text: str, place: int, sentence: Sentence) -> tuple[int, int, int]:
    """How many brackets of the sentence are open at a place, where the innermost begins and where it is shut."""
    opened: list[int] = []
    for position in range(sentence.start, place):
        if text[position] in OPEN:
            opened.append(position)
        elif text[position] in SHUT and opened:
            opened.pop()
    return len(opened), opened[-1] if opened else sentence.start, closing(text, place, sentence.end, 1) if opened else sentence.end


def closing(text: str, place: int, limit: int, depth: int = 0) -> int:
    """Where the bracket that opens at or, with `depth` 1, before `place` is shut, or `limit`."""
    for position in range(place, limit):
        if text[position] in OPEN:
            depth += 1
        elif text[position] in SHUT:
            depth -= 1
            if depth == 0:
                return position
    return limit


def _item_end(text: str, place: int, limit: int) -> int:
    """Where the next item of an enumeration begins: …16条；二是发布解读18条."""
    following = _NEXT_ITEM.search(text, place, limit)
    return following.start() if following else limit


def _at_marks(text: str, sentence: Sentence, counts: list[Mention]) -> list[Opening]:
    """Brackets right behind a number; colons right behind it or behind words that lead its parts in: 88条，主要类别：."""
    found = []
    for place, mention in enumerate(counts):
        after = mention.numeral.end
        while after < sentence.end and text[after].isspace():
            after += 1
        if text[after : after + 1] in tuple(OPEN):
            found.append(Opening(after, after + 1, closing(text, after, sentence.end), mention.depth + 1, "bracket"))
            continue
        limit = counts[place + 1].numeral.start if place + 1 < len(counts) else after
        colon = _colon(text, after, min(limit, after + _LED))
        if colon is not None and counts[place + 1].depth == mention.depth:
            close = _inside(text, colon, sentence)[2] if mention.depth else sentence.end
            found.append(Opening(after, colon + 1, _item_end(text, colon, close), mention.depth, "colon"))
    return found


def _colon(text: str, low: int, high: int) -> int | None:
    """The colon right at `low`, or behind a comma and words without another mark."""
    for place in range(low, high):
        if text[place] in "：:":
            return place
        if text[place] in _CLAUSE and not (place == low and text[place] in "，,"):
            return None
    return None
