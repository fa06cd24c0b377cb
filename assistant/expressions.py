"""Regular expressions that are compiled when first used: of some three hundred in the program one report meets a third.

What they compile to is kept from run to run where Python keeps its compiled modules and under the same terms: apart for every version of Python,
written when a run ends, not written where nothing may be written. To compile the expressions of one check anew takes as long as ten checks.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import struct
import sys
from contextlib import suppress
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, cast

from assistant.openings import guarded

_MOST = 2_000  # expressions kept; of those that no data file has any more there are never many
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "groupindex")
_Key = tuple[str, int]  # pattern and flags
_Program = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]  # flags, code, number of groups, groups by name, names by group


class _Late:
    """Stands in for a compiled expression; becomes as fast as one with its first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = _compiled(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression, compiled when first used. It answers as a compiled one to the methods that the program uses; the `re` of a
    match is not this object, but has the same `pattern`. For expressions of the program and its data: one made of a report's words is met once."""
    return cast("re.Pattern[str]", _Late(pattern, int(flags)))


@lru_cache(maxsize=8192)
def matches(expression: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """All matches in a paragraph or sentence, found once: most texts are looked at again, after every edit elsewhere and beside the next year's."""
    return tuple(expression.finditer(text))


def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """As `re.compile`; how that goes about it is no part of what the library promises, so where it does so otherwise it is asked itself."""
    try:
        engine = import_module("_sre")
        program = _kept().get((pattern, flags)) or _made(pattern, flags)
        settings, code, groups, places, names = program
        compiled: re.Pattern[str] = engine.compile(pattern, settings, memoryview(code).cast("I").tolist(), groups, places, names)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return re.compile(pattern, flags)
    return compiled


_NEW: dict[_Key, _Program] = {}


def _made(pattern: str, flags: int) -> _Program:
    """The program of an expression met for the first time."""
    parser, compiler = import_module("re._parser"), import_module("re._compiler")
    parsed = parser.parse(pattern, flags)
    places = parsed.state.groupdict
    names = {place: name for name, place in places.items()}
    settings, groups = flags | parsed.state.flags, parsed.state.groups
    plain = not flags and parsed.state.flags == parser.SRE_FLAG_UNICODE
    if plain and not compiler._get_literal_prefix(parsed, settings)[0] and not compiler._get_charset_prefix(parsed, settings):
        found_faster = guarded(pattern, parsed)
        parsed = parser.parse(found_faster, flags) if found_faster else parsed
    code = compiler._code(parsed, flags)
    program = (settings, struct.pack(f"{len(code)}I", *code), groups - 1, places, tuple(map(names.get, range(groups))))
    if not _NEW:
        atexit.register(_keep)
    _NEW[pattern, flags] = program
    return program


def _version() -> tuple[str, int, str]:
    """What programs depend on: Python, its engine, and how expressions are guarded."""
    return sys.version, import_module("_sre").MAGIC, guarded("", [("LITERAL", 0x4E00)]) or ""


def _file() -> Path:
    return Path(cache_from_source(__file__)).with_suffix(".programs")


@cache
def _kept() -> dict[_Key, _Program]:
    """The programs of runs before this one."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        version, programs = marshal.loads(_file().read_bytes())
        if version == _version():
            return dict(programs)
    return {}


def _keep() -> None:
    """Write down what this run has compiled beside what others have, whole or not at all."""
    if sys.dont_write_bytecode:
        return
    _kept.cache_clear()
    programs = {**_kept(), **_NEW}
    place, beside = _file(), _file().with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(marshal.dumps((_version(), programs if len(programs) <= _MOST else _NEW)))
        beside.replace(place)
