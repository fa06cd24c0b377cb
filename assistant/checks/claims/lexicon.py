"""The lexicon of claims (data/claims.yaml): which words say that a number is which cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Self

from pydantic import TypeAdapter, model_validator

from assistant.checks.data_files import load
from assistant.domain.base import Frozen
from assistant.errors import InvalidData
from assistant.expressions import regex

DISPUTES = ("reconsideration", "litigation", "direct", "after_reconsideration")
_GROUPS: dict[str, tuple[str, ...]] = {
    "reconsideration": ("reconsideration",),
    "litigation": ("direct", "after_reconsideration"),
    "direct": ("direct",),
    "after_reconsideration": ("after_reconsideration",),
}
BARE, OTHER = "applied", "other"
_HAN = regex("[\u4e00-\u9fff]")
_CASE_UNITS = ("件", "件次", "份", "宗", "起", "例", "个", "项", "次", "部", "案")


class Domain(Frozen):
    """What a passage speaks of, and the words that say so."""

    id: str
    find: str


class Softener(Frozen):
    """Words that change the scope of a number, and how to say so."""

    find: str
    why: str


class Measure(Frozen):
    """A quantity of the tables and the words that name it: see the head of `data/claims.yaml`."""

    id: str
    keys: tuple[str, ...]
    name: str
    domain: tuple[str, ...]
    left: str = ""
    row: str = ""
    vague: bool = False
    readings: tuple[tuple[str, ...], ...]
    right: str = ""
    lead: str = ""
    after: str = ""
    units: tuple[str, ...] = _CASE_UNITS
    loose: bool = False
    across: bool = False
    factor: int = 1

    def cells(self, domain: str | None, either: bool = False) -> tuple[tuple[str, ...], ...]:
        """The readings as cells: a bare dispute column is taken for all groups of the domain, with `either` for those of 复议, of 诉讼 and of both."""
        if "disputes" not in self.domain:
            return self.readings
        groups = _GROUPS.get(domain or "", ())
        if not groups:
            return ()
        if either:
            sets = [("reconsideration",), ("direct", "after_reconsideration"), ("reconsideration", "direct", "after_reconsideration")]
        else:
            sets = [groups, *([(group,) for group in groups] if len(groups) > 1 else [])]
        return tuple(tuple(_dispute_cell(term, group) for group in chosen for term in self.readings[0]) for chosen in sets)


def _dispute_cell(term: str, group: str) -> str:
    return f"-t4.{group}.{term[1:]}" if term.startswith("-") else f"t4.{group}.{term}"


class _File(Frozen):
    fillers: str
    object: str
    document: str
    answer: str
    case: str
    whole: str
    last: str
    next: str
    row_left: str
    row_right: str
    results: str
    domains: tuple[Domain, ...]
    applied: tuple[str, ...]
    foreign: str
    foreign_disputes: str
    disclosure: str
    soften: tuple[Softener, ...]
    narrow: str
    channels: str
    measures: tuple[Measure, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = {domain.id for domain in self.domains} | {"any", "disputes"}
        for measure in self.measures:
            if bool(measure.left) == bool(measure.row):
                raise ValueError(f"{measure.id}: wants either left or row")
            if not set(measure.domain) <= known:
                raise ValueError(f"{measure.id}: unknown domain {sorted(set(measure.domain) - known)}")
        return self


class Lexicon:
    """The lexicon with its expressions compiled, each when first needed."""

    def __init__(self, data: _File) -> None:
        self._data = data
        self.measures = data.measures
        self.foreign = regex(data.foreign)
        self.foreign_disputes = regex(data.foreign_disputes)
        self.disclosure = regex(data.disclosure)
        self.results = regex(data.results)
        self.last = regex(rf"{data.last}(?!.{{0,4}}(?:结转|转入|转来|转接|遗留|留存|接转|顺延|未办结|跨年))")
        self.softeners = tuple((regex(softener.find), softener.why) for softener in data.soften)
        self._narrow = regex(data.narrow)
        self._channels = regex(data.channels)
        self._keys = frozenset(key for measure in data.measures for key in measure.keys)
        self._by_keys: dict[frozenset[str], tuple[Measure, ...]] = {}

    def among(self, text: str) -> Iterator[Measure]:
        """The measures of which a key occurs in `text`, in order of the lexicon: no other can be meant."""
        there = frozenset([key for key in self._keys if key in text])
        if there not in self._by_keys:
            self._by_keys[there] = tuple(measure for measure in self.measures if not there.isdisjoint(measure.keys))
        return iter(self._by_keys[there])

    def picks_some(self, left: str) -> bool:
        """Whether the words before a number of applications pick out some of them: one channel, one subject, the extended ones."""
        return bool(self._narrow.search(left)) or len(set(self._channels.findall(left))) == 1

    def without_channels(self, text: str) -> str:
        """The text without the ways in which applications come, where several are told: they are all ways."""
        return self._channels.sub("", text) if len(set(self._channels.findall(text))) > 1 else text

    @cached_property
    def domain(self) -> re.Pattern[str]:
        """All domain words, one group each; earlier domains win where several begin at one place."""
        return regex("|".join(f"(?P<{domain.id}>{domain.find})" for domain in self._data.domains))

    def domains(self, text: str, start: int = 0) -> Iterator[tuple[str, int]]:
        """The domains that `text` names from `start` on, each with its place. A bare 申请 speaks of applications for information unless a word
        before it makes it another matter: 不动产登记申请, 救助申请."""
        for match in self.domain.finditer(text, start):
            yield self.domain_of(match, text), match.start()

    def domain_of(self, match: re.Match[str], text: str) -> str:
        """The domain that a match of `domain` names."""
        if match.lastgroup != BARE:
            return str(match.lastgroup)
        place = match.start()
        return "applications" if not place or not _HAN.match(text[place - 1]) or text.endswith(self._data.applied, 0, place) else OTHER

    def left(self, measure: Measure) -> re.Pattern[str]:
        """What must lead up to the number."""
        return self._compiled(measure, self._data.row_left.replace("{KEY}", measure.row) if measure.row else measure.left)

    def right(self, measure: Measure) -> re.Pattern[str] | None:
        """What may follow the number instead."""
        template = self._data.row_right.replace("{KEY}", measure.row) if measure.row else measure.right
        return self._compiled(measure, template) if template else None

    def lead(self, measure: Measure) -> re.Pattern[str] | None:
        """What must stand before, where that matters."""
        return self._compiled(measure, measure.lead) if measure.lead else None

    def after(self, measure: Measure) -> re.Pattern[str] | None:
        """What must stand behind, where that matters."""
        return self._compiled(measure, measure.after) if measure.after else None

    @cache  # noqa: B019 - one lexicon lives as long as the process
    def text(self, template: str) -> re.Pattern[str]:
        """An expression with the word lists of the lexicon filled in."""
        data = self._data
        for name, words in (
            ("{CASE}", data.case),
            ("{F}", data.fillers),
            ("{OBJ}", data.object),
            ("{DOC}", data.document),
            ("{A}", data.answer),
            ("{ALL}", data.whole),
            ("{LAST}", data.last),
            ("{NEXT}", data.next),
        ):
            template = template.replace(name, words)
        expression = regex(template)
        _ = expression.groupindex  # which compiles it: a fault in the data is told here
        return expression

    def _compiled(self, measure: Measure, template: str) -> re.Pattern[str]:
        try:
            return self.text(template)
        except re.error as error:
            raise InvalidData(f"claims.yaml：{measure.id} 的表达式有误：{error}") from error


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return Lexicon(load("claims.yaml", TypeAdapter(_File)))
