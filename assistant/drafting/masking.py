"""Taking every number out of a text before a model sees it: known facts become slots, all else opaque slots that are put back afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.facts import Fact, FactBook
from assistant.drafting.naming import surroundings
from assistant.drafting.number_sources import fact_for
from assistant.drafting.planning import Material
from assistant.drafting.quantities import quantities_of
from assistant.drafting.slots import SLOT, slot
from assistant.drafting.standard import MARK
from assistant.text.numerals import all_numerals

_KINDS = {"document": "文号", "article": "条款", "date": "日期", "name": "名称", "contact": "联系方式", "ordinal": "序数", "time": "时间"}
_MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True)
class Masked:
    """A text without numerals, and the opaque slots put in, by name, with the text they stand for."""

    template: str
    opaque: tuple[tuple[str, str], ...]

    def restore(self, template: str) -> str:
        """`template` with the opaque slots replaced by what they stood for."""
        kept = dict(self.opaque)
        return SLOT.sub(lambda match: kept.get(match.group(1), match.group(0)), template)


class Masker:
    """Masks several texts of one request, so that the same text always gets the same opaque slot."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._names: dict[str, str] = {}
        self._contexts: dict[str, set[str]] = {}

    @property
    def contexts(self) -> dict[str, frozenset[str]]:
        """The clauses in which each opaque slot stood: it may be quoted there and nowhere else."""
        return {name: frozenset(clauses) for name, clauses in self._contexts.items()}

    @property
    def opaque(self) -> tuple[tuple[str, str], ...]:
        """Opaque slots so far: name and the text it stands for."""
        return tuple((name, text) for text, name in self._names.items())

    def opaque_facts(self) -> tuple[Fact, ...]:
        """The opaque slots as facts, so that a reply that uses them can be filled and checked."""
        return tuple(
            Fact(name=name, what=name, unit="", value=None, text=text, source="原文", binding="constant") for name, text in self.opaque
        )

    def book(self) -> FactBook:
        """The fact book with the opaque slots added."""
        book = self._material.book
        return FactBook(year=book.year, facts=(*book.facts, *self.opaque_facts()), missing=book.missing, answers=book.answers)

    def mask(self, text: str) -> Masked:
        """`text` (plain or already with slots) without any numeral outside a slot."""
        template, place = "", 0
        for match in SLOT.finditer(text):
            template += self._mask_plain(text[place : match.start()]) + match.group(0)
            place = match.end()
        return Masked(template + self._mask_plain(text[place:]), self.opaque)

    def _mask_plain(self, text: str) -> str:
        bound: list[tuple[int, int, str]] = []
        for quantity in quantities_of(text):
            fact = fact_for(text, quantity, self._material)
            if fact is not None:
                bound.append((quantity.start, quantity.end, fact.name))
        for fact in self._material.book.facts:
            place = text.find(fact.text) if fact.binding == "growth" and len(fact.text) > 2 else -1
            if place >= 0 and not any(start < place + len(fact.text) and place < end for start, end, _ in bound):
                bound.append((place, place + len(fact.text), fact.name))
        for numeral in all_numerals(text):
            if not any(start < numeral.end and numeral.start < end for start, end, _ in bound):
                name = self._opaque(numeral.raw, _KINDS.get(numeral.kind, "数字"))
                clause = surroundings(text, numeral.start, numeral.end).clause
                if name in self._names.values():
                    self._contexts.setdefault(name, set()).add(clause.replace(MARK, ""))
                bound.append((numeral.start, numeral.end, name))
        for start, end, name in sorted(bound, reverse=True):
            text = text[:start] + slot(name) + text[end:]
        return text

    def _opaque(self, raw: str, kind: str) -> str:
        calendar = {fact.text: fact.name for fact in self._material.book.facts if fact.name in ("本年", "上年", "下年")}
        if raw in calendar:
            return calendar[raw]
        if raw not in self._names:
            count = sum(1 for name in self._names.values() if name.startswith(kind))
            self._names[raw] = kind + _MARKS[count % len(_MARKS)] * (1 + count // len(_MARKS))
        return self._names[raw]


def without_numbers(text: str) -> str:
    """`text` with `□` for every numeral: for showing a model how last year put it."""
    for numeral in reversed(all_numerals(text)):
        text = text[: numeral.start] + "□" + text[numeral.end :]
    return text
