"""Whether a slot stands where its fact is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.checks.claims.lexicon import lexicon
from assistant.domain.facts import Fact
from assistant.drafting.matching import coverage
from assistant.drafting.naming import surroundings
from assistant.drafting.slots import SLOT, slot
from assistant.drafting.standard import MARK, StandardFact, speaks_of, standard_facts

_ENOUGH = 0.34
_NAMED = 0.6


def misused_slots(template: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """In Chinese, every slot of a sentence that stands for something its fact does not say. Facts of the tables must be told in the words by
    which reports speak of them; given facts must share words with the sentence, and two slots must not fit better exchanged."""
    known = {fact.name: fact for fact in standard_facts()}
    places = [(match.group(1), *_around(template, match.start(), match.end())) for match in SLOT.finditer(template)]
    found: list[str] = []
    for name, clause, item in places:
        fact = facts.get(name)
        if fact is None or fact.binding == "constant":
            continue
        if fact.binding in ("growth", "share"):
            found += _rate_misused(fact, clause)
        elif (standard := known.get(name)) and fact.binding == "cells":
            told = speaks_of(standard, clause) or speaks_of(standard, _joined(template, name))
            if not told or _denied(standard, known, item) or _foreign(clause, fact):
                found.append(f"“{name}”是{fact.what}，与所在语句不符")
        elif not _spoken_of(fact, SLOT.sub("", template)):
            found.append(f"“{name}”是{fact.what}，与所在语句不符")
    return tuple(dict.fromkeys((*found, *_exchanged(places, facts))))


def _spoken_of(fact: Fact, words: str) -> bool:
    """Whether a sentence speaks of a given fact: by a third of the words of name and meaning, or by most of the name."""
    return coverage(fact.what + fact.name, words) >= _ENOUGH or coverage(fact.name, words) >= _NAMED


def _around(template: str, start: int, end: int) -> tuple[str, str]:
    """The clause and the list item around a slot, other slots shown as nothing, this one as `◆`."""
    marked = SLOT.sub("", template[:start]) + MARK + SLOT.sub("", template[end:])
    place = marked.index(MARK)
    around = surroundings(marked, place, place + 1)
    return around.clause, around.before + MARK + around.after


def _joined(template: str, name: str) -> str:
    """The segment up to the slot without commas: `制发规范性文件{{…}}，年末现行有效{{…}}` names its subject once."""
    place = template.index(slot(name))
    segment = SLOT.sub("", template[:place]).rsplit("；", 1)[-1]
    return re.sub("[，、]", "", segment) + MARK


def _foreign(clause: str, fact: Fact) -> bool:
    """Whether the clause speaks of something that is no matter of the tables (留言, 提案, 培训)."""
    match = lexicon().foreign.search(clause)
    return match is not None and match.group() not in fact.what


def _denied(standard: StandardFact, known: Mapping[str, StandardFact], item: str) -> bool:
    """Whether the words right before the slot speak of another fact of the tables and not of this one."""
    others = [other for other in known.values() if other.name != standard.name and speaks_of(other, item)]
    return bool(others) and not speaks_of(standard, item)


def _rate_misused(fact: Fact, clause: str) -> list[str]:
    wanted = ("同比", "比上", "较上", "较去", "比去", "相比") if fact.binding == "growth" else ("占", "率", "比")
    return [] if any(word in clause for word in wanted) else [f"“{fact.name}”是{fact.what}，与所在语句不符"]


def _exchanged(places: list[tuple[str, str, str]], facts: Mapping[str, Fact]) -> list[str]:
    given = [(name, item) for name, _, item in places if name in facts and facts[name].binding == "given"]
    found = []
    for i, (one, item) in enumerate(given):
        for other, other_item in given[i + 1 :]:
            straight = coverage(facts[one].what, item) + coverage(facts[other].what, other_item)
            crossed = coverage(facts[one].what, other_item) + coverage(facts[other].what, item)
            if one != other and crossed > straight + 0.3:
                found.append(f"“{one}”与“{other}”用反了")
    return found
