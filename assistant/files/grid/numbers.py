"""The text of a value cell: a number, blank, a dash, or unreadable. Nothing is guessed."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.domain.cell import CellState
from assistant.expressions import regex

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x2212: "-", 0x3000: " ", 0xA0: " "}
_DROPPED = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_DASHES = frozenset(("/", "\\", "／", "-", "--", "—", "——", "–", "―", "─", "－", "~", "无", "不适用", "N/A", "n/a"))
_NOTE = regex(r"(?:[①-⑳⁰¹²³⁴-⁹₁-₉*＊※]|[\[［〔（(]?注\d{0,2}[\]］〕）)]?|\[\d{1,2}\]|[\[［〔（(][⁰¹²³⁴-⁹]{1,2}[\]］〕）)])+$")
_NUMBER = regex(r"([-+]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?")
_COUNT_UNITS = ("件次", "件", "条", "宗", "起", "项", "个", "次", "人次")
_AMOUNT_UNITS = ("万元", "万")
_LONGEST = 24


class Reading(NamedTuple):
    """What a value cell says. `doubt` is a Chinese remark when the value was read but should be looked at, or why it was not read."""

    state: CellState
    value: Decimal | None = None
    doubt: str = ""


BLANK = Reading(CellState.BLANK)
DASH = Reading(CellState.DASH)


def _unreadable(why: str) -> Reading:
    return Reading(CellState.UNREADABLE, doubt=why)


def read_value(text: str, unit: str = "件") -> Reading:
    """Read a value cell; `unit` is the unit of its column (`件` or `万元`). Digits that stand apart are not joined."""
    if text in _SIMPLE:
        return _SIMPLE[text]
    plain = text.translate(_DROPPED).translate(_WIDE).strip()
    if not plain:
        return BLANK
    if plain in _DASHES:
        return DASH
    note = _NOTE.search(plain)
    body = plain[: note.start()].rstrip() if note and note.start() else plain
    units = _AMOUNT_UNITS if unit == "万元" else _COUNT_UNITS
    body = next((body[: -len(name)].rstrip() for name in units if body.endswith(name)), body)
    found = _NUMBER.fullmatch(body)
    if found is None or len(body) > _LONGEST:
        return _unreadable("单位与本列不符" if body.endswith(("元", "亿")) else "不是一个数")
    sign, whole, fraction = found.groups()
    value = Decimal(f"{'-' if sign == '-' else ''}{whole.replace(',', '')}{fraction or ''}")
    if fraction and unit != "万元":
        return Reading(CellState.NUMBER, value, "是件数却有小数点")
    return Reading(CellState.NUMBER, value, "数字后有注释标记" if note else "")


_SIMPLE = {"": BLANK, **{str(number): Reading(CellState.NUMBER, Decimal(number)) for number in range(1000)}}


@lru_cache(maxsize=4096)
def looks_like_value(text: str) -> bool:
    """Whether a piece of text can only be a value: a number or a dash."""
    return read_value(text).state in (CellState.NUMBER, CellState.DASH) or read_value(text, "万元").state is CellState.NUMBER
