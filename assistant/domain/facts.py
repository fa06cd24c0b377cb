"""Facts: the named quantities of a report year, what last year's text asks for, and what the clerk gave."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal

from assistant.domain.base import Frozen

Binding = Literal["cells", "given", "growth", "share", "constant"]
Direction = Literal["up", "down", "same"]


class Expression(Frozen):
    """A sum over cells: `plus` minus `minus`, times `factor` (10 000 for 万元 told in 元)."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    factor: int = 1


class AskedFact(Frozen):
    """A number of last year's narrative, as a question about this year.

    `name` is the slot name, `what` the description shown to the clerk, `unit` the measure word (`条`, `万元`), `channel` where it was
    published, `period` whether it counts the year or the state at its end. `last` is last year's value in single units; `printed` how it
    stood in `sentence` (block `block`, characters `start`–`end` of the block). `binding` says who knows this year's value: the tables (`expression`),
    the clerk (`given`), arithmetic over other facts (`growth` of `of[0]`, `share` of `of[0]` in `of[1]`), or nobody needs to ask (`constant`).
    """

    name: str
    what: str
    unit: str
    channel: str = ""
    period: Literal["year", "year_end"] = "year"
    last: Decimal | None = None
    printed: str = ""
    sentence: str = ""
    section: str = ""
    block: str = ""
    start: int = 0
    end: int = 0
    approx: str = ""
    scale: Literal[1, 10_000, 100_000_000] = 1
    decimals: int = 0
    binding: Binding = "given"
    expression: Expression | None = None
    of: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The question as the clerk reads it: `门户网站发布信息 26 条 → 今年？`."""
        return f"{self.what} {self.printed} → 今年？" if self.printed else f"{self.what} → 今年？"


class ChangeQuestion(Frozen):
    """A large change between two years that a reader will ask about. `key` is the cell id."""

    key: str
    what: str
    last: Decimal
    this: Decimal

    @property
    def question(self) -> str:
        """`行政许可 7677 → 3，为什么？`"""
        return f"{self.what} {self.last:f} → {self.this:f}，为什么？"


class FactsForm(Frozen):
    """What last year's report asks about this year: every number of its narrative, in reading order, and last year's problems."""

    unit: str | None
    year: int
    asked: tuple[AskedFact, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[AskedFact, ...]:
        """Those the clerk must fill: neither tables nor arithmetic know them."""
        return tuple(fact for fact in self.asked if fact.binding == "given")

    def at(self, block: str) -> tuple[AskedFact, ...]:
        """The facts that stand in a block of last year's report, in order of place."""
        return tuple(fact for fact in self.asked if fact.block == block)


class Told(Frozen):
    """Who gave the fact or answer filed under `key`, and when (ISO 8601)."""

    key: str
    who: str
    when: str

    @property
    def signed(self) -> str:
        """`张三，2026-01-15`."""
        return f"{self.who}，{self.when[:10]}"


class GivenFact(Frozen):
    """A value given for this year. `value` None means left empty. `template` is a sentence of the clerk's own with `{{name}}` in it."""

    name: str
    value: Decimal | None = None
    unit: str = ""
    what: str = ""
    template: str = ""
    aspect: str = ""


class GivenFacts(Frozen):
    """A facts file: values by name, typed table cells, answers in words (to change questions, about last year's problems, free). `told` says
    who gave which, as far as that is known."""

    facts: tuple[GivenFact, ...] = ()
    tables: tuple[tuple[str, Decimal], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    told: tuple[Told, ...] = ()

    def answer(self, key: str) -> str:
        """The answer filed under exactly this key, or an empty string."""
        return next((text for name, text in self.answers if name == key), "")

    def given_by(self, who: str, when: str) -> GivenFacts:
        """The same with `who` and `when` for everything of which nobody has said yet who gave it."""
        known = {one.key for one in self.told}
        keys = [*(fact.name for fact in self.facts if fact.value is not None), *(key for key, _ in self.answers)]
        added = tuple(Told(key=key, who=who, when=when) for key in dict.fromkeys(keys) if key not in known)
        return GivenFacts(facts=self.facts, tables=self.tables, answers=self.answers, told=(*self.told, *added))

    def signed(self, key: str) -> str:
        """Who gave the fact or answer under this key and when, or an empty string."""
        return next((one.signed for one in self.told if one.key == key), "")


NO_FACTS = GivenFacts()


class Fact(Frozen):
    """A quantity of this year with its passport: `text` is what a slot prints; `source` says in Chinese where the value comes from."""

    name: str
    what: str
    unit: str
    value: Decimal | None
    text: str
    last: Decimal | None = None
    source: str = ""
    formula: str = ""
    cells: tuple[str, ...] = ()
    binding: Binding = "given"
    section: str = ""
    is_new: bool = False

    @property
    def direction(self) -> Direction | None:
        """How the value moved against last year, where both are known."""
        if self.value is None or self.last is None:
            return None
        return "up" if self.value > self.last else "down" if self.value < self.last else "same"


class FactBook(Frozen):
    """All facts of a report year that are known, and the names of those still missing."""

    year: int
    facts: tuple[Fact, ...] = ()
    missing: tuple[AskedFact, ...] = ()
    unmatched: tuple[GivenFact, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    told: tuple[Told, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Fact]:
        """Facts by slot name."""
        return {fact.name: fact for fact in self.facts}

    def answered(self, key: str) -> str:
        """The source of an answer in words: `填报人的回答（张三，2026-01-15）：行政许可…`."""
        signed = next((one.signed for one in self.told if one.key == key), "")
        return f"填报人的回答{f'（{signed}）' if signed else ''}：{key}"
