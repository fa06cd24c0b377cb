"""The quantities that the statutory tables know, and the words by which reports speak of them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import product

import yaml
from pydantic import Field, ValidationError

from assistant.domain.base import Frozen
from assistant.domain.facts import Expression
from assistant.errors import InvalidData

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
    text = resources.files("assistant.drafting").joinpath("data/standard_facts.yaml").read_text(encoding="utf-8")
    try:
        return _File.model_validate(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), strict=False)
    except ValidationError as error:
        raise InvalidData(f"数据文件 standard_facts.yaml 不符合要求：{error}") from error


def standard_facts() -> tuple[StandardFact, ...]:
    """All standard facts, in the order in which words are tried."""
    return _file().facts


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
def _patterns(fact: StandardFact) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    return re.compile(fact.near), re.compile(fact.forbidden) if fact.forbidden else None


def speaks_of(fact: StandardFact, clause: str) -> bool:
    """Whether the words of a clause (`共收到申请◆件`) may speak of this fact."""
    near, forbidden = _patterns(fact)
    return bool(near.search(clause)) and not (forbidden and forbidden.search(clause))
