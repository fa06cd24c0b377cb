"""The lexer of numerals in prose: every Chinese and Arabic form, with exact offsets, and what is no quantity at all.

Two readings are offered. `quantities` are the numbers that state how much or how many: what a claim can be made of. `all_numerals` is
everything that carries a number, dates and document numbers included: what must not slip into a text whose numbers are filled in by code.
Words that merely contain a numeral character (第一时间, 三审三校, 进一步) are in neither; they are listed in `data/idioms.yaml`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple

from assistant.text import numeral_patterns as patterns
from assistant.text.chinese import LONGEST
from assistant.text.dates import find_dates
from assistant.text.lexicon import idioms
from assistant.text.normalise import Folded, fold
from assistant.text.sentences import split_sentences

Kind = Literal[
    "count", "percent", "points", "multiple", "range", "duration",
    "date", "ordinal", "article", "document", "list", "contact", "time", "name", "idiom",
]  # fmt: skip
Approx = Literal["", "about", "over", "under", "vague"]
QUANTITY_KINDS: frozenset[Kind] = frozenset({"count", "percent", "points", "multiple", "range", "duration"})
HARMLESS_KINDS: frozenset[Kind] = frozenset({"idiom", "list"})


class Numeral(NamedTuple):
    """A numeral with its measure word: `raw` is the original text from `start` to `end`.

    `value` is in single units (12.5万件 → 125000, unit 件; 0.59亿元 → 59000000, unit 元), a percentage as printed (三成, 30% and 百分之三十 → 30),
    a multiple as a factor (翻一番 → 2), and None where none is stated (数百, 七八件, a phone number). `high` is the upper end of a range.
    `step` is the value of the last printed place (0.59亿元 → 1000000). `approx`: 约 → about; 余, 多, 以上 → over; 近, 不足 → under; 数百 → vague.
    `number_end` is where the number itself ends, before 余, unit and 左右.
    """

    start: int
    end: int
    raw: str
    value: Decimal | None
    kind: Kind
    approx: Approx = ""
    unit: str = ""
    step: Decimal = Decimal(1)
    high: Decimal | None = None
    number_end: int = 0
    chinese: bool = False

    def moved(self, by: int) -> Numeral:
        """The same numeral `by` characters further on."""
        if not by:
            return self
        start, end, number_end = self.start + by, self.end + by, self.number_end + by
        return Numeral(start, end, self.raw, self.value, self.kind, self.approx, self.unit, self.step, self.high, number_end, self.chinese)

    @property
    def round_place(self) -> Decimal:
        """The place of the last digit that is not zero: 3520 → 10, 18万 → 10000. What 余, 多, 近 and 约 speak of."""
        if not self.value:
            return self.step
        place = self.step
        while self.value % (place * 10) == 0:
            place *= 10
        return place


class _Found:
    """Numerals found so far, in folded offsets, never overlapping."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.characters = frozenset(folded.text)
        self._items: list[tuple[int, Numeral]] = []
        self._ends = [0] * len(folded.text)  # for each character the end of the numeral it belongs to, 0 where it belongs to none

    @property
    def numerals(self) -> tuple[Numeral, ...]:
        """In order of their places."""
        return tuple([numeral for _, numeral in sorted(self._items, key=itemgetter(0))])

    def taken(self, start: int, end: int) -> int:
        """Where the first known numeral that touches the stretch ends, or 0."""
        return next(filter(None, self._ends[start:end]), 0)

    def add(self, start: int, end: int, kind: Kind, reading: patterns.Reading = patterns.NOTHING, approx: Approx = "") -> None:
        """Keep a numeral, unless it touches one that is known."""
        if start >= end or any(self._ends[start:end]):
            return
        first, last = self.folded.to_original(start, end)
        value, number_end = reading.value, reading.number_end
        if value is not None and (value.adjusted() >= LONGEST or len(value.as_tuple().digits) > LONGEST):
            value = None  # no statistic has so many digits
        number_last = self.folded.to_original(start, number_end)[1] if number_end else last
        raw = self.folded.original[first:last]
        self._items.append(
            (start, Numeral(first, last, raw, value, kind, approx, reading.unit, reading.step, reading.high, number_last, reading.chinese))
        )
        if not self.folded.plain:  # all characters that one printed one became, as in ½
            start, end = self.folded.from_original(first), self.folded.from_original(last)
        self._ends[start:end] = [end] * (end - start)


@lru_cache(maxsize=1024)
def lex(text: str) -> tuple[Numeral, ...]:
    """Every numeral of `text` in order, idioms included, none overlapping another. No numeral reaches beyond its sentence."""
    read = [(sentence.start, *_lex_sentence(sentence.text)) for sentence in split_sentences(text, semicolons=True)]
    if not any(possible for _, possible, _ in read):
        return ()
    return tuple([numeral.moved(start) for start, _, numerals in read for numeral in numerals])


@lru_cache(maxsize=4096)
def _lex_sentence(text: str) -> tuple[bool, tuple[Numeral, ...]]:
    """Whether a sentence may hold a number, and its numerals. Sentences are what texts have in common: a paragraph after an edit, a section with
    last year's."""
    found = _Found(fold(text))
    folded = found.folded
    possible = patterns.POSSIBLE.search(folded.text) is not None
    for date in find_dates(text) if possible else ():
        found.add(folded.from_original(date.start), folded.from_original(date.end), "date")
    _add_fixed(found, patterns.ADDRESSES)
    if not possible:
        return False, found.numerals
    _add_idioms(found)
    _add_fixed(found, patterns.PLACES)
    if not patterns.QUOTES.isdisjoint(found.characters):
        for match in patterns.QUOTED.finditer(folded.text):
            _add_quoted(found, match)
    _add_quantities(found)
    for match in patterns.LEFT_OVER.finditer(folded.text):
        _add_left_over(found, match)
    return True, found.numerals


def _add_fixed(found: _Found, table: tuple[patterns.Fixed, ...]) -> None:
    text = found.folded.text
    for fixed in table:
        if not found.characters.isdisjoint(fixed.needs):
            for match in fixed.pattern.finditer(text):
                found.add(match.start(), match.end(), fixed.kind)


def _add_idioms(found: _Found) -> None:
    text, known, done = found.folded.text, idioms(), 0
    for char in patterns.NUMERAL_CHAR.finditer(text):
        index = char.start()
        if index < done:
            continue
        if char.group().isdigit():
            run = patterns.DIGITS.match(text, index)
            done = run.end() if run else index + 1
            if run and run.group() in known.numbers and text.startswith(known.number_heads, done):
                found.add(index, done, "name")
            continue
        place = known.at(text, index)
        if place:
            found.add(*place, "idiom")
            done = place[1]


def _add_quoted(found: _Found, match: re.Match[str]) -> None:
    """A short quoted name (“三个一”, “100”) or a title 《…》 is a name, whatever numerals stand in it."""
    for run in patterns.RUN.finditer(found.folded.text, match.start() + 1, match.end() - 1):
        found.add(run.start(), run.end(), "name")


def _add_quantities(found: _Found) -> None:
    """A match that runs into something already known (统一 in 统一三个) is tried again from where that ends."""
    text, place = found.folded.text, 0
    while match := patterns.QUANTITY.search(text, place):
        start, end = match.span()
        taken = found.taken(start, end)
        if taken:
            place = max(taken, start + 1)
            continue
        place = end
        reading = patterns.read(match)
        if reading is not None:
            spaces = len(match.group()) - len(match.group().rstrip())
            found.add(start, end - spaces, reading.kind, reading, reading.approx or _approx_before(text, start))


def _approx_before(text: str, start: int) -> Approx:
    before = text[max(start - 5, 0) : start]
    match = patterns.APPROX_BEFORE.search(before) if before.rstrip(" ")[-1:] in patterns.APPROX_ENDS else None
    if match is None:
        return ""
    return "about" if match["about"] else "over" if match["over"] else "under"


def _add_left_over(found: _Found, match: re.Match[str]) -> None:
    """A numeral without measure word. A lone 一, 百, 千, 万, 亿, 半 or 零 before another character is part of a word (万众, 一江)."""
    start, end = match.span()
    if found.taken(start, end):
        return
    raw, text = match.group(), found.folded.text
    if raw in patterns.WORD_PARTS and end < len(text) and patterns.CHINESE_CHAR.match(text[end]):
        found.add(start, end, "idiom")
    else:
        found.add(start, end, "count", patterns.bare(raw))


def quantities(text: str) -> tuple[Numeral, ...]:
    """The numbers that state a quantity. A Chinese numeral counts only with a measure word, as a percentage or as a multiple."""
    return tuple(n for n in lex(text) if n.kind in QUANTITY_KINDS and not (n.kind == "count" and n.chinese and not n.unit))


def all_numerals(text: str) -> tuple[Numeral, ...]:
    """Everything that carries a number, whatever its form, but idioms and list numbers. A text without any is free of numbers."""
    return tuple(n for n in lex(text) if n.kind not in HARMLESS_KINDS)
