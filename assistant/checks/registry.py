"""Rules written in Python register here by code; the catalogue says everything else about them.

    @rule("T001")
    def negative_number(ctx: CheckContext) -> tuple[Outcome, ...]: ...

A function may serve several codes when one computation decides between them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from assistant.checks.catalogue import Rule
from assistant.checks.context import CheckContext
from assistant.domain.finding import Outcome
from assistant.errors import InvalidData

RuleFunction = Callable[[CheckContext], tuple[Outcome, ...]]


class Registered(NamedTuple):
    """A rule function and the codes it decides."""

    codes: tuple[str, ...]
    run: RuleFunction


_REGISTERED: list[Registered] = []


def rule(*codes: str) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the implementation of the rules with these codes."""

    def register(function: RuleFunction) -> RuleFunction:
        _REGISTERED.append(Registered(codes, function))
        registered.cache_clear()
        return function

    return register


@cache
def registered() -> tuple[Registered, ...]:
    """All registered functions in order of their first code."""
    return tuple(sorted(_REGISTERED, key=lambda entry: entry.codes[0]))


def verify(rows: dict[str, Rule], entries: tuple[Registered, ...], engine_codes: frozenset[str]) -> None:
    """Raise `InvalidData` when an active row has no implementation, an implementation no active row, or a code two implementations."""
    coded = [code for entry in entries for code in entry.codes]
    patterned = [code for code, row in rows.items() if row.pattern is not None]
    have = [*coded, *patterned, *engine_codes]
    active = {code for code, row in rows.items() if row.status == "active"}
    faults = [f"{code} 没有实现" for code in sorted(active - set(have))]
    faults += [f"{code} 不在规则目录中" for code in sorted(set(have) - active)]
    faults += [f"{code} 有两处实现" for code in sorted({code for code in have if have.count(code) > 1})]
    if faults:
        raise InvalidData(f"规则目录与实现不一致：{'；'.join(faults)}", "请补齐目录行或实现。")
