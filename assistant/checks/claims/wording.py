"""How things are said without a number, or of several things at once (data/statements.yaml)."""

from __future__ import annotations

import re
from functools import cache

from pydantic import TypeAdapter

from assistant.checks.data_files import load
from assistant.errors import InvalidData
from assistant.expressions import regex

_NAMED = re.compile(r"\{([A-Z_]+)\}")


@cache
def expressions() -> dict[str, str]:
    """The expressions by name, as they stand in the file."""
    return load("statements.yaml", TypeAdapter(dict[str, str]))


@cache
def wording(name: str) -> re.Pattern[str]:
    """An expression by its name, compiled when first used. Raises `InvalidData` when the file holds none or it is no expression."""
    try:
        expression = regex(_filled(name))
        _ = expression.groupindex  # which compiles it: a fault in the data is told here
        return expression
    except (re.error, KeyError) as error:
        raise InvalidData(f"statements.yaml：{name} 的表达式有误：{error}") from error


def _filled(name: str) -> str:
    return _NAMED.sub(lambda match: f"(?:{_filled(match[1].lower())})", expressions()[name])
