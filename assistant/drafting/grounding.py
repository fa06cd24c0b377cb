"""The check of a text's sources: every number bound to a fact or a cell, every direction true, every claim with a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.domain.draft import DraftSentence
from assistant.domain.facts import Fact, FactBook
from assistant.domain.finding import Finding, Span
from assistant.domain.report import Block
from assistant.drafting.binding import bind
from assistant.drafting.finding_texts import grounding_finding
from assistant.drafting.matching import common_words, coverage
from assistant.drafting.naming import surroundings
from assistant.drafting.planning import Material
from assistant.drafting.quantities import Quantity, quantities_of, sentence_spans
from assistant.drafting.slots import SLOT, fill, percent
from assistant.drafting.standard import MARK, speaks_of, standard_facts

_PLACEHOLDER = re.compile(r"【[^【】]{0,30}(?:填|补充|待定)[^【】]{0,30}】|[×ＸX]{2,}|_{3,}|（待填[^（）]*）|TODO")
_DIRECTION = re.compile(
    r"(?:同比|[较比](?:上一?年|去年)(?:度|同期)?|与(?:上一?年|去年)(?:度|同期)?相比)[^，。；0-9一-龥]*(?:略有|有所|大幅|明显|显著|稳步|持续)?(?P<word>增长|增加|上升|提高|提升|下降|减少|降低|回落|持平)"
)
_UP = {"增长", "增加", "上升", "提高", "提升"}
_DOWN = {"下降", "减少", "降低", "回落"}


@dataclass(frozen=True)
class _Text:
    """A text under check: where it stands, and the stretches that code itself filled."""

    section: str
    block: str
    text: str
    filled: tuple[tuple[str, int, int], ...] = ()

    def span(self, start: int, end: int) -> Span:
        return Span(section=self.section, block=self.block, start=start, end=end, text=self.text[start:end])


def ground_draft(sentences: Iterable[DraftSentence], material: Material) -> tuple[Finding, ...]:
    """Findings over drafted sentences: slots that are unknown, numbers outside slots, directions, placeholders. Offsets are those of the paragraph."""
    found: list[Finding] = []
    lengths: dict[str, int] = {}
    for sentence in sentences:
        offset = lengths.get(sentence.block, 0)
        filled = fill(sentence.template, material.book.by_name)
        text = " " * offset + sentence.text
        spans = tuple((name, start + offset, end + offset) for name, start, end in filled.used) if filled.text == sentence.text else ()
        if sentence.text:
            found += _check(_Text(sentence.section, sentence.block, text, spans), material)
            found += [
                grounding_finding("G002", Span(section=sentence.section, block=sentence.block, start=offset, end=offset + len(sentence.text), text=name))
                for name in filled.unknown
            ]
        lengths[sentence.block] = offset + len(sentence.text)
    return tuple(found)


def ground_text(text: str, section: str, block: str, material: Material) -> tuple[Finding, ...]:
    """Findings over any paragraph, also one typed by hand: every quantity is looked up among this year's facts and cells."""
    return _check(_Text(section, block, text), material)


def ground_blocks(blocks: Iterable[tuple[str, Block]], material: Material) -> tuple[Finding, ...]:
    """`ground_text` over (part, block) pairs such as `Report.blocks()` gives."""
    return tuple(finding for part, block in blocks for finding in ground_text(block.text, part, block.id, material))


def _check(text: _Text, material: Material) -> tuple[Finding, ...]:
    found = [grounding_finding("G008", text.span(match.start(), match.end())) for match in _PLACEHOLDER.finditer(text.text)]
    found += [
        grounding_finding("G002", text.span(match.start(), match.end()), text=match.group(1))
        for match in SLOT.finditer(text.text)
        if match.group(1) not in material.book.by_name
    ]
    told: list[Decimal] = []
    for start, end in sentence_spans(text.text):
        for quantity in quantities_of(text.text[start:end]):
            place = (start + quantity.start, start + quantity.end)
            if quantity.value is not None and quantity.unit != "%":
                told.append(quantity.value)
            if any(a <= place[1] - 1 and place[0] < b for _, a, b in text.filled):
                continue
            if finding := _weigh(text, text.text[start:end], quantity, place, told, material):
                found.append(finding)
        found += _directions(text, start, end, material.book)
    return tuple(found)


def _weigh(text: _Text, sentence: str, quantity: Quantity, place: tuple[int, int], told: list[Decimal], material: Material) -> Finding | None:
    """The finding about a number that code did not fill itself, or None when it has a source."""
    book = material.book
    span = text.span(*place)
    if quantity.fixed or span.text in {fact.text for fact in book.facts if fact.binding == "constant"}:
        return None
    around = surroundings(sentence, quantity.start, quantity.end)
    if quantity.value is None:
        return grounding_finding("G011", span, unit=material.this.unit, year=book.year)
    same = [fact for fact in book.facts if _same(fact, quantity)]
    if any(common_words(fact.what + fact.name, around.clause) for fact in same):
        return None
    if quantity.unit != "%" and bind(around.clause, quantity.value, material.this):
        return None
    if quantity.unit == "%" and _recomputed(quantity, told):
        return None
    stale = next((fact for fact in book.facts if fact.last == quantity.value and fact.value != fact.last and common_words(fact.what, around.clause)), None)
    if stale:
        return grounding_finding("G003", span, unit=material.this.unit, year=book.year, cells=stale.cells, what=stale.what, now=stale.text)
    if same:
        return grounding_finding("G009", span, unit=material.this.unit, year=book.year, cells=same[0].cells, what=same[0].what)
    return grounding_finding("G011" if _spelled(span.text) else "G001", span, unit=material.this.unit, year=book.year)


def fact_for(sentence: str, quantity: Quantity, material: Material) -> Fact | None:
    """The fact of this year that a number in a sentence states: same text, and of those the one whose words stand nearest; None when none does."""
    told = sentence[quantity.start : quantity.end]
    same = [fact for fact in material.book.facts if fact.binding != "constant" and fact.text == told and _same(fact, quantity)]
    if not same:
        return None
    around = surroundings(sentence, quantity.start, quantity.end)
    item = around.before + MARK + around.after
    standard = {fact.name: fact for fact in standard_facts()}
    lead = sentence[max(0, quantity.start - 30) : quantity.start]

    def nearness(fact: Fact) -> tuple[int, float, float]:
        known = standard.get(fact.name)
        spoken = 0 if known is None else 2 if speaks_of(known, item) else 1 if speaks_of(known, around.clause) else -1
        return spoken, coverage(fact.what + fact.name, around.before), coverage(fact.what + fact.name, lead)

    best = max(same, key=nearness)
    spoken, near, far = nearness(best)
    return best if spoken > 0 or near > 0 or (spoken == 0 and far >= 0.3) else None


def _spelled(text: str) -> bool:
    return not any(char.isdigit() for char in text)


def _same(fact: Fact, quantity: Quantity) -> bool:
    """Whether a fact states this quantity: same text, or same value in a unit of the same kind."""
    if fact.value is None or quantity.value is None:
        return False
    if fact.unit == quantity.unit == "%":
        return abs(fact.value).quantize(Decimal(1).scaleb(-quantity.decimals), ROUND_HALF_UP) == quantity.value
    units = {fact.unit, quantity.unit}
    kind = len(units) == 1 or "" in units or units <= {"件", "份", "宗", "起", "个", "项", "条"} or units <= {"次", "场", "场次", "期", "人次"}
    if fact.unit.startswith("万") and quantity.unit == fact.unit[1:]:
        return fact.value * 10_000 == quantity.value
    if quantity.approx and kind:
        return quantity.value <= fact.value < quantity.value + quantity.scale / Decimal(10) ** quantity.decimals
    return kind and fact.value == quantity.value


def _recomputed(quantity: Quantity, told: list[Decimal]) -> bool:
    """Whether a percentage follows from the numbers told before it in the paragraph."""
    recent = told[-12:]
    return any(
        percent(part, whole, quantity.decimals) == quantity.value for part in recent for whole in recent if whole and part <= whole
    )


def _directions(text: _Text, start: int, end: int, book: FactBook) -> list[Finding]:
    """Direction words against the facts filled into the same sentence before them."""
    found = []
    for match in _DIRECTION.finditer(text.text, start, end):
        if any(a <= match.start("word") < b for _, a, b in text.filled):
            continue
        before = [book.by_name[name] for name, a, b in text.filled if start <= a and b <= match.start() and name in book.by_name]
        fact = next((fact for fact in reversed(before) if fact.direction is not None), None)
        said = "up" if match.group("word") in _UP else "down" if match.group("word") in _DOWN else "same"
        if fact and fact.direction != said:
            found.append(
                grounding_finding("G005", text.span(match.start(), match.end()), cells=fact.cells, what=fact.what, last=f"{fact.last:f}", now=fact.text)
            )
    return found


