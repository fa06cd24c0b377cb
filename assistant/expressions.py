"""Regular expressions that are compiled when first used: of some three hundred in the program one report meets a third."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands in for a compiled expression; becomes as fast as one with its first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "groupindex")


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression, compiled when first used. It answers as a compiled one to the methods that the program uses; the `re` of a
    match is not this object, but has the same `pattern`."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
