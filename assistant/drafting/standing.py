"""Sentences that the form itself asks for (`data/sentences.yaml`), used where last year's text has none that still holds."""

from __future__ import annotations

import re
from functools import cache
from string import Template
from typing import Literal

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.domain.draft import DraftSentence
from assistant.domain.facts import FactBook
from assistant.drafting.slots import fill, slot_names

FreeTopic = Literal["problems", "measures", "other", "signature"]


class StandingSentence(Frozen):
    """`above` and `zero` name facts that must be known and above zero or zero, `any_above` at least one of which must be;
    it is superfluous when a fact of `unless_used` is already told. `only_if_told_last_year` is a pattern over last year's section."""

    id: str
    section: str
    template: str
    aspect: str = ""
    above: tuple[str, ...] = ()
    any_above: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    unless_used: tuple[str, ...] = ()
    only_if_told_last_year: str = ""


class _File(Frozen):
    sentences: tuple[StandingSentence, ...]
    became_of: str
    problems_head: str
    measures_head: str
    preamble: str
    change_explained: str
    answer_keys: dict[FreeTopic, str]


@cache
def _file() -> _File:
    return load_data("assistant.drafting", "data/sentences.yaml", _File)


def became_of(problem: str, answer: str) -> str:
    """The template that says what became of a problem of last year."""
    told = next((clause for clause in re.split("[，；]", problem) if len(clause) >= 6), problem)
    return Template(_file().became_of).substitute(problem=told, answer=answer.strip().rstrip("。；，"))


def headed(topic: Literal["problems", "measures"], answer: str) -> str:
    """The clerk's words about this year's problems or measures under the usual head, unless they begin with one."""
    head = _file().problems_head if topic == "problems" else _file().measures_head
    return answer if re.match(r"[^，。；]{0,16}(?:问题|不足|措施|打算|下一步)[^，。；]{0,8}[：:，]", answer) else head + answer


def preamble(unit: str) -> str:
    """A preamble for a unit that has no report of last year."""
    return Template(_file().preamble).substitute(unit=unit)


def answer_topics() -> dict[FreeTopic, str]:
    """The free questions with a pattern over the keys under which their answers are given; the first that fits counts."""
    return _file().answer_keys


def change_explained(what: str, direction: str, answer: str) -> str:
    """The template that says why a figure changed much, in the clerk's words."""
    told = re.sub(r"^(?:主要)?(?:原因(?:是|为|在于)|是?因为|由于|系)[，,]?", "", answer.strip()).rstrip("。；，")
    return Template(_file().change_explained).substitute(what=what, direction=direction, answer=told)


def standing_sentences(section: str, book: FactBook, used: set[str], last_text: str) -> tuple[tuple[str, DraftSentence], ...]:
    """The sentences that this year's facts call for and that are not told yet, each with its aspect."""
    found = []
    for row in _file().sentences:
        if row.section != section or used & set(row.unless_used) or not _holds(row, book):
            continue
        if row.only_if_told_last_year and not re.search(row.only_if_told_last_year, last_text):
            continue
        names = slot_names(row.template)
        used |= set(names)
        sentence = DraftSentence(
            section=section,
            block="",
            text=fill(row.template, book.by_name).text,
            template=row.template,
            colour="new",
            reason="按本年数据写成的格式语句",
            origin="form",
            facts=names,
        )
        found.append((row.aspect, sentence))
    return tuple(found)


def _holds(row: StandingSentence, book: FactBook) -> bool:
    values = {name: (book.by_name[name].value if name in book.by_name else None) for name in (*row.above, *row.zero, *row.any_above)}
    if any(value is None for value in values.values()) or any(name not in book.by_name for name in slot_names(row.template)):
        return False
    return (
        all((values[name] or 0) > 0 for name in row.above)
        and all(values[name] == 0 for name in row.zero)
        and (not row.any_above or any((values[name] or 0) > 0 for name in row.any_above))
    )
