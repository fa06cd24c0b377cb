"""The quantities that the statutory tables know, and the words by which reports speak of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from pydantic import Field

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.domain.facts import Expression

_GROUP = re.compile(r"\{(\w+)\}")
MARK = "◆"


class StandardFact(Frozen):
    """A quantity of the tables. `near` and `forbidden` are regular expressions over a clause in which `◆` stands for the number;
    `readings` are what the words may mean, the usual one first; `aspect` the aspect of section 一 it belongs to (may be empty)."""

    name: str
    what: str
    unit: str
    near: str
    readings: tuple[str, ...]
    forbidden: str = Field(default="", alias="not")
    section: str = ""
    aspect: str = ""


class _File(Frozen):
    aliases: dict[str, tuple[str, ...]]
    facts: tuple[StandardFact, ...]


@cache
def _file() -> _File:
    return load_data("assistant.drafting", "data/standard_facts.yaml", _File)


def standard_facts() -> tuple[StandardFact, ...]:
    """All standard facts, in the order in which words are tried."""
    return _file().facts


@cache
def standard_by_name() -> dict[str, StandardFact]:
    """The standard facts by name."""
    return {fact.name: fact for fact in standard_facts()}


@cache
def parse_reading(reading: str) -> Expression:
    """The cells of a reading: `t3.new.total + t3.denied.{denied}.total`, optionally `* 10000` (the whole sum)."""
    body, _, factor = reading.partition("*")
    cells: list[str] = []
    for term in body.split("+"):
        names = _GROUP.findall(term)
        for values in product(*(_file().aliases[name] for name in names)):
            filled = term.strip()
            for name, value in zip(names, values, strict=True):
                filled = filled.replace(f"{{{name}}}", value, 1)
            cells.append(filled)
    return Expression(plus=tuple(cells), factor=int(factor) if factor.strip() else 1)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def speaks_of(fact: StandardFact, clause: str) -> bool:
    """Whether the words of a clause (`共收到申请◆件`) may speak of this fact."""
    return _speaks(fact.near, fact.forbidden, clause)


@lru_cache(maxsize=8192)
def _speaks(near: str, forbidden: str, clause: str) -> bool:
    """What words mean does not change with the numbers: it is asked again with every edit of a cell."""
    return bool(_compiled(near).search(clause)) and not (forbidden and _compiled(forbidden).search(clause))
