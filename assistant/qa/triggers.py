"""What sets a calculator going: `data/calculators.yaml`, validated and compiled."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.retrieval.labels import plain_numerals

_SIZES = {"千": 1000, "百": 100, "十": 10, "": 1}
_MIXED_PART = re.compile(r"(\d+)([千百十]?)")
_MIXED = re.compile(r"(?<![\d.])\d+[千百](?:\d+[百十])*(?:0?\d\d(?![\d.]))?(?![\d一二三四五六七八九])")


class Clause(Frozen):
    """The words around a day. `own` is its clause and `wider` reaches one clause further; `before` is everything since the day named before,
    `behind` what follows it in its own clause; `previous` is what happened on the day named before."""

    own: str
    wider: str
    before: str
    behind: str
    previous: str = ""


class EventSign(Frozen):
    """What happened on a day, and how that is said: in words that follow each other (`say`), in words that stand in any order (`all`), or in
    words right behind the day (`behind`). `after` limits it to days that follow one of these events; `unless` rules it out."""

    event: str
    say: str = ""
    all: tuple[str, ...] = ()
    behind: str = ""
    after: tuple[str, ...] = ()
    unless: str = ""

    def fits(self, text: str, clause: Clause) -> bool:
        """Whether a text around a day tells of the event."""
        if (self.after and clause.previous not in self.after) or (self.unless and says(self.unless, text)):
            return False
        told = (self.say and says(self.say, text)) or (self.all and all(says(word, text) for word in self.all))
        return bool(told) or bool(self.behind and says(f"^(?:{self.behind})", clause.behind))


class WaySign(Frozen):
    """A way in which an application came in or a reply went out, and how that is said."""

    way: str
    say: str


class FeeSigns(Frozen):
    """How a fee is asked for, and the measure words of the two tariffs."""

    wants: str
    items: tuple[str, ...]
    pages: tuple[str, ...]
    items_context: str
    marginal: str
    each: str
    persons: str
    band: str
    difference: str
    other_month: str


class PublicationSigns(Frozen):
    """How the date of publication is asked for."""

    about: str
    wants: str


class CaseSigns(Frozen):
    """How a case of the decision table is told: any of `say`, or all of `all` in any order."""

    id: str
    say: tuple[str, ...] = ()
    all: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Whether a text tells of the case."""
        return any(says(pattern, text) for pattern in self.say) or bool(self.all and all(says(word, text) for word in self.all))


class RowSigns(Frozen):
    """How the row of 表三 is asked for, and the cases."""

    wants: str
    cases: tuple[CaseSigns, ...]


class RoleSigns(Frozen):
    """A term of the balance of 表三 and how its count is told: all of these in the number's own clause, in any order."""

    role: str
    all: tuple[str, ...]


class BalanceSigns(Frozen):
    """How the balance of 表三 is asked for, and its terms."""

    about: str
    wants: str
    money: str
    total: str
    parts: tuple[str, ...]
    roles: tuple[RoleSigns, ...]


class Triggers(Frozen):
    """Everything in `data/calculators.yaml`."""

    asks_day: str
    asks_year: str
    asks_elapsed: str
    events: tuple[EventSign, ...]
    course: tuple[str, ...]
    receipt: tuple[WaySign, ...]
    delivery: tuple[WaySign, ...]
    reply_clause: tuple[WaySign, ...]
    measures: str
    not_counted: str
    same_day: str
    extension: str
    no_extension: str
    correction: str
    proactive: str
    documents: str
    consulted: str
    took: str
    limit: str
    payment: str
    application: str
    no_application: str
    fee: FeeSigns
    publication: PublicationSigns
    rows: RowSigns
    balance: BalanceSigns


@cache
def triggers() -> Triggers:
    """The triggers that ship with the program. Raises `InvalidData`."""
    return load_data("assistant.qa", "data/calculators.yaml", Triggers, called="问答规则文件", hint="请重新安装程序。")


def fold_question(text: str) -> str:
    """A question for matching: half-width, lower case, without blanks, numerals of digits and words (1百50) in digits."""
    folded = plain_numerals(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower())
    return _MIXED.sub(lambda found: str(sum(int(number) * _SIZES[unit] for number, unit in _MIXED_PART.findall(found[0]))), folded)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def says(pattern: str, text: str) -> bool:
    """Whether `text` contains the pattern."""
    return _compiled(pattern).search(text) is not None
