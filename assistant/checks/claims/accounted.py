"""Whether every word of a number's phrase is accounted for: what picks out some, or names something else, is no fault of the tables."""

from __future__ import annotations

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.lexicon import lexicon
from assistant.checks.claims.naming import TOTALS
from assistant.checks.claims.wording import wording

_NEAR = 14  # characters before the name of a measure that may qualify it
_GAPS = TOTALS | {"received_all"}
_QUALIFIED = _GAPS | {
    "licensing", "licensing_bare", "penalty", "coercion",
    "normative_issued", "normative_repealed", "normative_in_force", "rules_issued", "rules_repealed", "rules_in_force",
}  # fmt: skip
_DISPUTES = {"reconsideration", "litigation"}


def weighed(bound: Bound, left: str, right: str) -> Bound:
    """The bound number, not held against the tables where a word of its phrase, `left` and `right` in canonical words, is not accounted for."""
    if bound.verdict != "differs" or bound.why_loose or not _unaccounted(bound, left, right):
        return bound
    return bound._replace(verdict="unknown", aside=True)


def _unaccounted(bound: Bound, left: str, right: str) -> bool:
    named = lexicon().left(bound.measure).search(left)
    if named is None:
        return False
    told = left[max(named.start() - _NEAR, 0) : named.start()] + (named.group() if bound.measure.id in _GAPS else "")
    joined = named.start() > 1 and wording("joint").match(left, named.start() - 1)
    if joined and bound.measure.id not in _GAPS and not lexicon().left(bound.measure).search(left[: named.start() - 1]):
        return True  # 已主动公开和同意公开: of both, of which only one is known; 失效或废止 is one
    if bound.measure.id not in _QUALIFIED | _DISPUTES:
        return False
    if bound.measure.id in _GAPS and wording("of_its_own").match(right):
        return True
    told = wording("time_words").split(told)[-1]
    words = wording("accounted_of_disputes" if bound.measure.id in _DISPUTES else "accounted")
    return len(words.sub("", lexicon().without_channels(told))) > 1
