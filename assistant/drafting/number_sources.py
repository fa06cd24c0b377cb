"""Which fact of this year a number in a text states, or speaks of with another value."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assistant.domain.facts import Fact
from assistant.drafting.binding import evaluate
from assistant.drafting.matching import coverage
from assistant.drafting.naming import Surroundings, surroundings
from assistant.drafting.planning import Material, Named
from assistant.drafting.quantities import Quantity
from assistant.drafting.slots import percent
from assistant.drafting.standard import MARK, parse_reading, speaks_of, standard_by_name, standard_facts

_CLEAR = 0.7


def meant_facts(around: Surroundings, quantity: Quantity, material: Material) -> list[Fact]:
    """The facts that the words right at a number speak of, whatever their value: those of the tables by their patterns, the others by sharing most of
    their words; several when the words do not decide between them."""
    return [material.book.by_name[name] for name in _meant(around, quantity.unit, material.changing)]


@lru_cache(maxsize=2048)
def _meant(around: Surroundings, unit: str, facts: tuple[Named, ...]) -> tuple[str, ...]:
    """The names of the facts meant. Words mean the same after a cell was edited: they are weighed once."""
    item = around.before + MARK + around.after
    standard = standard_by_name()
    scored = []
    for fact in facts:
        if not same_kind(fact.unit, unit) or (unit == "%") != (fact.unit == "%"):
            continue
        known = standard.get(fact.name)
        if known is not None:
            if speaks_of(known, item) and speaks_of(known, around.clause):
                scored.append((1.0, fact.name))
            continue
        if len(_head(fact.what)) < 3:
            continue
        likeness = max(
            coverage(_head(fact.what), around.before), coverage(_head(fact.what), around.after) if len(around.before) < 4 else 0.0
        )
        if likeness >= _CLEAR:
            scored.append((likeness, fact.name))
    best = max((score for score, _ in scored), default=0.0)
    return tuple(name for score, name in scored if score >= best - 0.1)


def _head(what: str) -> str:
    """The part's own words where a fact is a part of another: 门户网站 of 发布信息（门户网站）."""
    return what[what.index("（") + 1 : -1] if what.endswith("）") and "（" in what else what


def another_reading(meant: list[Fact], quantity: Quantity, material: Material) -> bool:
    """Whether another admissible reading of the tables gives the number."""
    names = {fact.name for fact in meant}
    readings = [reading for fact in standard_facts() if fact.name in names for reading in fact.readings]
    return any(evaluate(parse_reading(reading), material.this) == quantity.value for reading in readings)


def fact_for(sentence: str, quantity: Quantity, material: Material) -> Fact | None:
    """The fact of this year that a number in a sentence states: same text, and of those the one whose words stand nearest; None when none does."""
    told = sentence[quantity.start : quantity.end]
    same = [fact for fact in material.book.facts if fact.binding != "constant" and fact.text == told and states(fact, quantity)]
    if not same:
        return None
    around = surroundings(sentence, quantity.start, quantity.end)
    item = around.before + MARK + around.after
    standard = standard_by_name()
    lead = sentence[max(0, quantity.start - 30) : quantity.start]

    def nearness(fact: Fact) -> tuple[int, float, float]:
        known = standard.get(fact.name)
        spoken = 0 if known is None else 2 if speaks_of(known, item) else 1 if speaks_of(known, around.clause) else -1
        return spoken, coverage(fact.what + fact.name, around.before), coverage(fact.what + fact.name, lead)

    best = max(same, key=nearness)
    spoken, near, far = nearness(best)
    return best if spoken > 0 or near > 0 or (spoken == 0 and far >= 0.3) else None


def states(fact: Fact, quantity: Quantity) -> bool:
    """Whether a fact states this quantity: same text, or same value in a unit of the same kind."""
    if fact.value is None or quantity.value is None:
        return False
    if fact.unit == quantity.unit == "%":
        return abs(fact.value).quantize(Decimal(1).scaleb(-quantity.decimals), ROUND_HALF_UP) == quantity.value
    kind = same_kind(fact.unit, quantity.unit)
    if fact.unit.startswith("万") and quantity.unit == fact.unit[1:]:
        return fact.value * 10_000 == quantity.value
    if quantity.approx and kind:
        return quantity.value <= fact.value < quantity.value + quantity.scale / Decimal(10) ** quantity.decimals
    return kind and fact.value == quantity.value


@lru_cache(maxsize=1024)
def same_kind(one: str, other: str) -> bool:
    """Whether two measure words may count the same things; no measure word fits all."""
    units = {one, other}
    return (
        len(units) == 1 or "" in units or units <= {"件", "份", "宗", "起", "个", "项", "条"} or units <= {"次", "场", "场次", "期", "人次"}
    )


def recomputed(quantity: Quantity, told: list[Decimal]) -> bool:
    """Whether a percentage follows from the numbers told before it in the paragraph."""
    recent = told[-12:]
    return any(
        percent(part, whole, quantity.decimals) == quantity.value for part in recent[-1:] for whole in recent if whole and part <= whole
    )


def spelled_out(text: str) -> bool:
    """Whether a number is written without digits."""
    return not any(char.isdigit() for char in text)
