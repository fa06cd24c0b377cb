"""The numbers that reports before last year's told: the past of a fact, and facts that last year's text left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.domain.base import Frozen
from assistant.domain.facts import AskedFact, Fact
from assistant.domain.report import Report
from assistant.drafting.derive import derive_facts
from assistant.drafting.matching import coverage
from assistant.drafting.naming import surroundings
from assistant.drafting.number_sources import same_kind
from assistant.drafting.planning import Material
from assistant.drafting.quantities import quantities_of
from assistant.drafting.slots import slot
from assistant.drafting.standard import speaks_of, standard_facts

_ALIKE = 0.7


class EarlierNumber(Frozen):
    """A number that the report of `year` told as `printed` in `sentence`. `name` is the fact of this year that it belongs to, or a name of its own
    when neither last year's text nor the tables have it (`asked` False); `template` then tells it again, where the sentence has no other number."""

    name: str
    what: str
    unit: str
    section: str
    year: int
    printed: str
    sentence: str
    asked: bool
    template: str = ""


def earlier_numbers(material: Material, reports: Iterable[Report]) -> tuple[EarlierNumber, ...]:
    """Every number of the narrative of `reports`, newest first, that counts something; of one year and name only the first."""
    found: dict[tuple[int, str], EarlierNumber] = {}
    for report in sorted(reports, key=lambda one: -(one.year or 0)):
        for told in _told(report, material):
            found.setdefault((told.year, told.name), told)
    return tuple(found.values())


def left_out(numbers: Iterable[EarlierNumber]) -> tuple[EarlierNumber, ...]:
    """The numbers that last year's text left out, each as it was told last."""
    return tuple({one.name: one for one in reversed([one for one in numbers if not one.asked])}.values())[::-1]


def past_of(name: str, numbers: Iterable[EarlierNumber]) -> tuple[EarlierNumber, ...]:
    """What earlier years told of a fact, newest first."""
    return tuple(one for one in numbers if one.name == name)


def _told(report: Report, material: Material) -> Iterator[EarlierNumber]:
    for number in derive_facts(report).asked:
        if number.binding in ("growth", "share", "constant") or number.section == "preamble" or not number.sentence or number.unit == "%":
            continue
        name = _name(number, material)
        yield EarlierNumber(
            name=name or number.name,
            what=number.what,
            unit=number.unit,
            section=number.section,
            year=report.year or 0,
            printed=number.printed,
            sentence=number.sentence,
            asked=bool(name),
            template="" if name else _template(number, report.year or 0),
        )


def _name(number: AskedFact, material: Material) -> str:
    """The fact of this year that a number of an earlier text belongs to: one of the tables by its clause, else one asked for by its words."""
    place = number.sentence.find(number.printed)
    clause = surroundings(number.sentence, place, place + len(number.printed)).clause
    standard = next((fact.name for fact in standard_facts() if fact.unit == number.unit and speaks_of(fact, clause)), "")
    if standard:
        return standard
    others: list[AskedFact | Fact] = [*material.asked.asked, *material.book.facts]
    likely = [(_likeness(number, one), one.name) for one in others if same_kind(one.unit, number.unit)]
    score, name = max(likely, default=(0.0, ""))
    return name if score >= _ALIKE else ""


def _likeness(number: AskedFact, other: AskedFact | Fact) -> float:
    if number.name == other.name:
        return 1.0
    return min(coverage(number.what, other.what + other.name), max(coverage(other.what, number.what), coverage(other.name, number.what)))


def _template(number: AskedFact, year: int) -> str:
    """The sentence with a slot for its number and its year, where it holds no other number."""
    counted = [one for one in quantities_of(number.sentence) if not one.fixed]
    if len(counted) != 1:
        return ""
    return number.sentence.replace(number.printed, slot(number.name), 1).replace(f"{year}年", slot("本年"))
