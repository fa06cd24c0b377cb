"""The drafter's lexicon (`data/wording.yaml`), compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.errors import InvalidData


class _Depends(Frozen):
    words: str
    zero: tuple[str, ...]
    reason: str
    about: str = ""
    unless: str = ""


class _File(Frozen):
    constants: tuple[str, ...]
    year_end: tuple[str, ...]
    channels: tuple[str, ...]
    political: tuple[str, ...]
    dated_events: tuple[str, ...]
    superseded: tuple[str, ...]
    depends: tuple[_Depends, ...]
    no_fee: str
    sweeping: str
    promises: str


@dataclass(frozen=True)
class Depends:
    """Words that stand only while the sum of the cells `zero` is 0; `about` must and `unless` must not occur in the sentence."""

    words: re.Pattern[str]
    zero: tuple[str, ...]
    reason: str
    about: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def claimed_in(self, sentence: str) -> bool:
        """Whether the sentence says so."""
        return (
            bool(self.words.search(sentence))
            and (self.about is None or bool(self.about.search(sentence)))
            and not (self.unless and self.unless.search(sentence))
        )


@dataclass(frozen=True)
class Wording:
    """The compiled lexicon."""

    constants: re.Pattern[str]
    year_end: re.Pattern[str]
    channels: re.Pattern[str]
    political: re.Pattern[str]
    dated_events: re.Pattern[str]
    superseded: re.Pattern[str]
    depends: tuple[Depends, ...]
    no_fee: re.Pattern[str]
    sweeping: re.Pattern[str]
    promises: re.Pattern[str]


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _optional(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def wording() -> Wording:
    """The lexicon. Raises `InvalidData` when the file does not validate."""
    data = load_data("assistant.drafting", "data/wording.yaml", _File)
    try:
        return Wording(
            constants=_any_of(data.constants),
            year_end=_any_of(data.year_end),
            channels=_any_of(data.channels),
            political=_any_of(data.political),
            dated_events=_any_of(data.dated_events),
            superseded=_any_of(data.superseded),
            depends=tuple(
                Depends(re.compile(row.words), row.zero, row.reason, _optional(row.about), _optional(row.unless)) for row in data.depends
            ),
            no_fee=re.compile(data.no_fee),
            sweeping=re.compile(data.sweeping),
            promises=re.compile(data.promises),
        )
    except re.error as error:
        raise InvalidData(f"数据文件 wording.yaml 不符合要求：{error}") from error
