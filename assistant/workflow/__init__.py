"""The whole story: read → fill → check → retrieve → draft → re-check → review → export. The only place where the core meets the edges.

`story` tells it from top to bottom; the other modules hold the steps: `checking`, `filling`, `drafting`, `editing`, `reviewing`,
`asking`, `exporting`. Command line and pages call nothing below this room: `__init__.pyi` lists what they call. A module is loaded with the first
of its names, so that a command starts with what it uses alone.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_NAME = re.compile(r"^from (\S+) import (\w+) as (\w+)$", re.MULTILINE)


@cache
def _places() -> dict[str, tuple[str, str]]:
    """Name → module and the name in it."""
    listed = Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    return {name: (module, there) for module, there, name in _NAME.findall(listed)}


def __getattr__(name: str) -> Any:
    if name not in _places():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, there = _places()[name]
    return getattr(import_module(module), there)


def __dir__() -> list[str]:
    return sorted(_places())
