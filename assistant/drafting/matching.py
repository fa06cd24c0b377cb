"""Matching of given facts to asked ones by name and head noun."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.domain.facts import AskedFact, GivenFact

_COMMON = re.compile(r"(今年|本年度?|全年|数量|总数|情况|我局|我委|次数|共|的|了|上年|年)")
_NEAR_UNITS = (
    {"次", "场", "场次", "期"},
    {"件", "条", "篇", "份", "个", "项"},
    {"人", "人次", "名"},
    {"元", "万元", "亿元"},
    {"个", "家", "处"},
)
_THRESHOLD = 0.55
_CLEAR_LEAD = 0.04
_OTHER_UNIT = 0.75


def best_pairs(asked: tuple[AskedFact, ...], given: tuple[GivenFact, ...]) -> dict[str, GivenFact]:
    """One-to-one pairs, best first: asked name → given fact. A given fact that fits two questions equally well is left to neither."""
    exact = {fact.name: fact for fact in given}
    pairs = {question.name: exact[question.name] for question in asked if question.name in exact}
    taken = {fact.name for fact in pairs.values()}
    scored = sorted(
        (
            (score, question.name, fact.name)
            for question in asked
            if question.name not in pairs
            for fact in given
            if fact.name not in taken and (score := likeness(question, fact)) >= _THRESHOLD
        ),
        reverse=True,
    )
    for score, question_name, fact_name in scored:
        if question_name in pairs or fact_name in taken:
            continue
        rivals = [other for other, name, fact in scored if fact == fact_name and name != question_name and name not in pairs]
        if rivals and score - max(rivals) < _CLEAR_LEAD:
            continue
        pairs[question_name] = exact[fact_name]
        taken.add(fact_name)
    return {**pairs, **_only_ones_left(asked, given, pairs, taken)}


def _only_ones_left(
    asked: tuple[AskedFact, ...], given: tuple[GivenFact, ...], pairs: dict[str, GivenFact], taken: set[str]
) -> dict[str, GivenFact]:
    """Pairs that share a word and are the only ones left with their measure word on either side."""
    found = {}
    for fact in given:
        if fact.name in taken or not fact.unit:
            continue
        rivals = [other for other in given if other.name not in taken and other.unit == fact.unit]
        questions = [question for question in asked if question.name not in pairs and question.unit == fact.unit]
        if len(rivals) == 1 and len(questions) == 1 and common_words(fact.name + fact.what, questions[0].what + questions[0].sentence):
            found[questions[0].name] = fact
    return found


def likeness(asked: AskedFact, given: GivenFact) -> float:
    """0–1: how surely a given fact answers the question. Units must be of a kind; then the words count, those next to the number most."""
    if given.unit and not _same_kind(asked.unit, given.unit):
        return 0.0
    if asked.name.startswith("信息处理费") and not asked.sentence:
        return 1.0 if "处理费" in given.name + given.what else 0.0
    context = _bigrams(asked.sentence)
    best = 0.0
    for told in {given.name, given.what} - {""}:
        words = _bigrams(told)
        if words:
            near, far = _cover(words, _bigrams(asked.what)), _cover(words, context)
            back = _cover(_bigrams(asked.what), words)
            best = max(
                best, 0.55 * max(near, 0.9 * back) + 0.25 * far + 0.2 * min(near, back) + (0.05 if asked.unit == given.unit else 0.0)
            )
    return best if asked.unit == given.unit or not given.unit else best * _OTHER_UNIT


def _cover(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


@lru_cache(maxsize=4096)
def _bigrams(text: str) -> frozenset[str]:
    bare = re.sub(r"[^一-龥A-Za-z]", "", _COMMON.sub("", text))
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1)) or frozenset({bare} if bare else ())


def _same_kind(one: str, other: str) -> bool:
    bare_one, bare_other = one.lstrip("万亿余"), other.lstrip("万亿余")
    return bare_one == bare_other or any({one, other} <= kind or {bare_one, bare_other} <= kind for kind in _NEAR_UNITS)


def common_words(told: str, clause: str) -> bool:
    """Whether a description and a clause share a pair of characters that means something."""
    return shared_words(told, clause) > 0


def shared_words(told: str, clause: str) -> int:
    """How many pairs of characters two texts share."""
    return len(_bigrams(told) & _bigrams(clause))


def coverage(told: str, text: str) -> float:
    """The share of a description's character pairs that a text has, 0–1."""
    return _cover(_bigrams(told), _bigrams(text))
