"""Rules a jurist can write: small engines whose rules live in the catalogue (`pattern:`), no Python needed.

`find`, `any_of` and `unless` are regular expressions; `{year}` and `{last}` in them stand for the report year and the year before.
`where` lists parts (`title preamble overview … other signature`); empty means the whole text.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assistant.domain.base import Frozen

Part = Literal["title", "preamble", "overview", "disclosure", "applications", "disputes", "problems", "other", "signature"]


class Exists(Frozen):
    """One of the expressions must occur in every part named that the report has."""

    kind: Literal["exists"]
    where: tuple[Part, ...]
    any_of: tuple[str, ...]
    message: str


class Forbids(Frozen):
    """The expression must not occur, unless `unless` matches in the same sentence."""

    kind: Literal["forbids"]
    find: str
    message: str
    where: tuple[Part, ...] = ()
    unless: str = ""


class Substitutes(Frozen):
    """Each key is wrong and its value right. Keys are plain text, not expressions."""

    kind: Literal["substitutes"]
    words: dict[str, str]
    message: str
    where: tuple[Part, ...] = ()


class Order(Frozen):
    """Those of the expressions that occur in a part must occur in this order."""

    kind: Literal["order"]
    where: tuple[Part, ...]
    sequence: tuple[str, ...]
    message: str


class StaleYear(Frozen):
    """The group `year` of the expression must be the report year plus one of `offsets`."""

    kind: Literal["stale_year"]
    find: str
    message: str
    where: tuple[Part, ...] = ()
    offsets: tuple[int, ...] = (0,)
    unless: str = ""

    @model_validator(mode="after")
    def _captures_year(self) -> Self:
        if "(?P<year>" not in self.find:
            raise ValueError("find needs a group (?P<year>…)")
        return self


class Claim(Frozen):
    """The group `number` of the expression must equal the sum of `cells` minus `minus`; blank cells make it unknown."""

    kind: Literal["claim"]
    find: str
    cells: tuple[str, ...]
    message: str
    where: tuple[Part, ...] = ()
    minus: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _captures_number(self) -> Self:
        if "(?P<number>" not in self.find:
            raise ValueError("find needs a group (?P<number>…)")
        return self


Pattern = Annotated[Exists | Forbids | Substitutes | Order | StaleYear | Claim, Field(discriminator="kind")]
