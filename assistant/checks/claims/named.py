"""Which measures a phrase names that may name several: 行政许可与行政处罚两类决定, 制发、废止行政规范性文件."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from assistant.checks.claims.lexicon import Measure, lexicon
from assistant.checks.claims.naming import measure_told
from assistant.checks.claims.wording import wording

_MOST = 6
_APPLICATIONS = "政府信息公开申请"


class Named(NamedTuple):
    """A measure with the domain in which it is meant."""

    measure: Measure
    domain: str | None

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """Its admissible meanings as sums of cells."""
        return self.measure.cells(self.domain)


@lru_cache(maxsize=512)
def names_told(phrase: str, year: int | None, said: str = "") -> tuple[Named, ...]:
    """The measures that a phrase names in full, as few as may be; empty where a part of it names none. `said`: the words before in the sentence."""
    whole = _one(phrase, year, said)
    plain = wording("kinds").sub("", phrase)
    if not whole and plain != phrase and (told := names_told(plain, year, said)):
        return told
    joints = [match.span() for match in wording("joint").finditer(phrase)][: _MOST - 1]
    for count in range(1, len(joints) + 1):
        for cuts in combinations(joints, count):
            told = _all(list(_pieces(phrase, cuts)), year, said)
            if told and (whole is None or whole.measure in [one.measure for one in told]):
                return told  # 新收申请与上年结转申请: not 新收…申请 with words between
    return (whole,) if whole else ()


def _pieces(phrase: str, cuts: tuple[tuple[int, int], ...]) -> Iterator[str]:
    start = 0
    for low, high in cuts:
        yield phrase[start:low]
        start = high
    yield phrase[start:]


def _all(pieces: list[str], year: int | None, said: str) -> tuple[Named, ...]:
    """What each piece names, the matter that the last speaks of lent to those that name none; empty where one names nothing."""
    last = _one(pieces[-1], year, said)
    noun = next((match for match in lexicon().domain.finditer(pieces[-1])), None)
    tail = pieces[-1][noun.start() :] if noun else ""
    found = [_one(piece, year, said) or (_one(piece + tail, year, said) if tail else None) for piece in pieces[:-1]] + [last]
    if any(one and one.readings[:1] and one.readings[0][0].startswith("t3.") for one in found):
        found = [one or _one(piece, year, said + _APPLICATIONS) for one, piece in zip(found, pieces, strict=True)]
    named = tuple(one for one in found if one)
    return tuple(dict.fromkeys(named)) if len(named) == len(pieces) else ()


def _one(phrase: str, year: int | None, said: str) -> Named | None:
    told = measure_told(phrase, year, said) if len(phrase) > 1 else None
    return Named(*told) if told else None
