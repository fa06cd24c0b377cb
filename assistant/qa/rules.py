"""The gate's data: laws outside the corpus, matters that the texts do not settle, and kinds of quantity."""

from __future__ import annotations

import re
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen


class Signs(Frozen):
    """Patterns that must be found (any) and that may not be (none)."""

    say: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def found_in(self, folded: str) -> bool:
        """Whether the folded question shows these signs."""
        return bool(_any(self.say).search(folded)) and not (self.unless and _any(self.unless).search(folded))


class Reasoned(Signs):
    """Other countries, or tasks that are no questions, with the reason to give."""

    why: str


class Outside(Signs):
    """A matter of a law that is not in the corpus."""

    law: str


class Open(Signs):
    """A matter that the texts leave open, with the articles that come nearest."""

    what: str
    nearest: tuple[str, ...] = ()


class Quantity(Frozen):
    """A kind of quantity: how it is asked for, and how a text states it."""

    ask: str
    have: str
    kind: str


class Rules(Frozen):
    """Everything in `data/refusals.yaml`."""

    other_laws: tuple[str, ...]
    foreign: Reasoned
    tasks: Reasoned
    outside: tuple[Outside, ...]
    open: tuple[Open, ...]
    content: str
    quantities: tuple[Quantity, ...]


@cache
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def rules() -> Rules:
    """The rules that ship with the program. Raises `InvalidData`."""
    return load_data("assistant.qa", "data/refusals.yaml", Rules, called="问答规则文件", hint="请重新安装程序。")
