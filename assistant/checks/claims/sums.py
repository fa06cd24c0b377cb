"""A number of several things together that only the tables count one by one: 行政许可与行政处罚两类决定合计N件, 新收与上年结转之和为N件."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from assistant.checks.claims.lexicon import Measure
from assistant.checks.claims.named import Named, names_told
from assistant.checks.claims.wording import wording
from assistant.expressions import regex

_MARK = regex("[合共总累]计|之和|总|共|加|一[并起]|[两二三四五六2-6][类项种者个]")
# Cells that may be added up: kinds of one whole, or what came in and what was there. Anything else told together counts the same things twice.
_ADDITIVE = tuple(
    re.compile(cells)
    for cells in (
        r"t3\.(?:granted|partial|denied|unavailable|rejected|other)\.(?:.*\.)?(?:\*\.)?total",
        r"t3\.new\.(?!total)\w+",
        r"t3\.(?:new|carried_in)\.total",
        r"t3\.(?:processed|carried_out)\.total",
        r"t2\.\w+\.decisions",
        r"t2\.\w+\.(?:issued|made)",
        r"t2\.\w+\.in_force",
        r"t2\.(?P<of>\w+)\.(?:issued|repealed)",
        r"t4\.\w+\.total",
        r"t4\.\w+\.(?!total)\w+",
    )
)


def named_together(left: str, lead: str, year: int | None) -> tuple[Named, ...] | None:
    """What a number is said to be the sum of; None where its words speak of no sum, empty where not all of them name measures."""
    if not _MARK.search(left) or not wording("joint").search(left):
        return None
    match = wording("summed").search(left)
    return names_told(match["names"], year, lead) if match and wording("joint").search(match["names"]) else None


def sum_of(named: tuple[Named, ...]) -> Measure | None:
    """The sum of several measures as a measure of its own; None where they do not add up to anything."""
    if any(not one.readings for one in named):
        return None
    alike = len({len(one.readings) for one in named}) == 1
    chosen = zip(*(one.readings for one in named), strict=True) if alike else ()
    readings = _adding(chosen) or _adding(product(*(one.readings[:2] for one in named)))
    if not readings:
        return None
    name = "与".join(one.measure.name for one in named) + "之和"
    return Measure(id="sum", keys=(), name=name, domain=("any",), left="$", readings=readings)


def _adding(chosen: Iterable[tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, ...], ...]:
    """Those of the chosen readings whose cells may be added up, each as one sum."""
    sums = [tuple(cell for cells in several for cell in cells) for several in chosen]
    return tuple(cells for cells in sums if len(cells) == len(set(cells)) and any(all(map(kind.fullmatch, cells)) for kind in _ADDITIVE))
