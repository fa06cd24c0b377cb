"""The check of a text's sources: every number bound to a fact or a cell, every direction true, every claim with a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from assistant.domain.draft import DraftSentence
from assistant.domain.facts import FactBook
from assistant.domain.finding import Finding, Span
from assistant.domain.report import Block
from assistant.drafting.binding import bind
from assistant.drafting.finding_texts import grounding_finding
from assistant.drafting.matching import common_words, coverage
from assistant.drafting.naming import surroundings
from assistant.drafting.number_sources import another_reading, meant_facts, recomputed, spelled_out, states
from assistant.drafting.planning import Material
from assistant.drafting.quantities import Quantity, quantities_of, sentence_spans
from assistant.drafting.slots import SLOT, fill
from assistant.drafting.wording import wording

_PLACEHOLDER = re.compile(r"【[^【】]{0,30}(?:填|补充|待定)[^【】]{0,30}】|[×ＸX]{2,}|_{3,}|（待填[^（）]*）|TODO")
_DIRECTION = re.compile(
    r"(?:同比|[较比](?:上一?年|去年)(?:度|同期)?|与(?:上一?年|去年)(?:度|同期)?相比)[^，。；0-9一-龥]*(?:略有|有所|大幅|明显|显著|稳步|持续)?(?P<word>增长|增加|上升|提高|提升|下降|减少|降低|回落|持平)"
)
_COMPARED = re.compile(r"[较比](?:上一?年|去年)|与(?:上一?年|去年)(?:度|同期)?相比")  # said for 同比
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
                grounding_finding(
                    "G002", Span(section=sentence.section, block=sentence.block, start=offset, end=offset + len(sentence.text), text=name)
                )
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


def _weigh(
    text: _Text, sentence: str, quantity: Quantity, place: tuple[int, int], told: list[Decimal], material: Material
) -> Finding | None:
    """The finding about a number that code did not fill itself, or None when it has a source."""
    book = material.book
    span = text.span(*place)
    if quantity.fixed:
        return None
    around = surroundings(sentence, quantity.start, quantity.end)
    say = partial(grounding_finding, span=span, unit=material.this.unit, year=book.year)
    if wording().constants.search(around.clause):
        fixed = [
            fact
            for fact in book.facts
            if fact.binding == "constant" and fact.unit == quantity.unit and coverage(fact.what, around.clause) >= 0.7
        ]
        return (
            say("G012", what=fixed[0].what, now=fixed[0].text)
            if fixed and not any(span.text == fact.text or states(fact, quantity) for fact in fixed)
            else None
        )
    if quantity.value is None:
        return say("G011")
    meant = meant_facts(around, quantity, material)
    if meant:
        agrees = any(states(fact, quantity) for fact in meant) or another_reading(meant, quantity, material)
        stale = meant[0].last is not None and meant[0].last == quantity.value
        return None if agrees else say("G003" if stale else "G012", cells=meant[0].cells, what=meant[0].what, now=meant[0].text)
    if recomputed(quantity, told) if quantity.unit == "%" else bind(around.clause, quantity.value, material.this):
        return None
    same = [fact for fact in book.facts if states(fact, quantity)]
    if any(
        common_words(fact.what + fact.name, around.clause) or (fact.binding == "growth" and _COMPARED.search(around.clause))
        for fact in same
    ):
        return None
    if same:
        return say("G009", cells=same[0].cells, what=same[0].what)
    return say("G011" if spelled_out(span.text) else "G001")


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
                grounding_finding(
                    "G005", text.span(match.start(), match.end()), cells=fact.cells, what=fact.what, last=f"{fact.last:f}", now=fact.text
                )
            )
    return found
