"""Reading the values of register cells: dates in all the forms they are written in, flags, counts, amounts, keyed hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from assistant.files.register_columns import FieldType, register_words

_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = (36526, 62093)  # 2000-01-01 … 2069-12-31
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年.\-/、]\s*(\d{1,2})\s*[月.\-/、]\s*(\d{1,2})(?!\d)\s*[日号]?")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_SHORT_YEAR = re.compile(r"^'?(\d{2})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?$")
_NO_YEAR = re.compile(r"^(\d{1,2})(?:月(\d{1,2})[日号]?|[/\-](\d{1,2}))$")
_CHINESE_DATE = re.compile(r"^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]$")
_PERSONAL_NUMBER = re.compile(r"\d{15,18}[\dXx]?|1\d{10}")
_LONG_NUMBER = re.compile(r"\d{10,}[\dXx]")
_TEN_THOUSAND = 10_000
_SIGNS = re.compile(r"[\W_]+")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")


class Yearless(NamedTuple):
    """A date written without its year."""

    month: int
    day: int


class Unread(NamedTuple):
    """A value that made no sense, as written."""

    text: str


class ExtensionDate(NamedTuple):
    """The extension column holds the day on which the extension was granted or announced."""

    day: date


Value = date | Yearless | Unread | ExtensionDate | str | bool | int | Decimal | None


def parsers(salt: bytes, in_ten_thousands: bool = False) -> dict[FieldType, Callable[[Any], Value]]:
    """One parser per type of field; `salt` keys the hashes, `in_ten_thousands` says that bare amounts are 万元."""
    return {
        "date": parse_date,
        "text": parse_text,
        "number": parse_number,
        "yes_no": parse_yes_no,
        "count": parse_count,
        "amount": lambda value: parse_amount(value, in_ten_thousands),
        "days": parse_extension,
        "hash": lambda value: parse_hash(value, salt),
        "delivery": parse_delivery,
        "tick": lambda value: bool(parse_yes_no(value)),
    }


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()


def parse_text(value: Any) -> str:
    """The text of a cell on one line."""
    text = _text(value)
    return " ".join(text.split()) if not text.isalnum() else text


def parse_number(value: Any) -> str:
    """A registration number; empty when the text looks like an ID or a phone number."""
    if type(value) is float and value.is_integer() and 0 <= value < 1e9:
        return str(int(value))
    text = parse_text(value)
    return "" if _PERSONAL_NUMBER.fullmatch(text) else text


def parse_date(value: Any) -> date | Yearless | Unread | None:
    """A date: Excel's own, a serial number, 20250301, 2025.3.1, 25-3-1, 3月5日, 二〇二五年三月五日; None for blanks and dashes."""
    if isinstance(value, datetime):
        return _plausible(value.date(), str(value))
    if isinstance(value, date):
        return _plausible(value, str(value))
    if isinstance(value, bool):
        return Unread(str(value))
    if isinstance(value, (int, float)):
        return _date_of_number(value)
    text = _text(value)
    if text.lower() in register_words().blank:
        return None
    if text.replace(".", "", 1).isdigit() and "." not in text.rstrip("0").rstrip("."):
        return _date_of_number(float(text))
    return _date_of_text(text)


def _numbers(parts: tuple[str | Any, ...]) -> tuple[int, int, int]:
    year, month, day = map(int, parts)
    return year, month, day


def _date_of_number(number: float) -> date | Unread:
    whole = int(number)
    if _SERIALS[0] <= whole <= _SERIALS[1]:
        return _SERIAL_ZERO + timedelta(days=whole)
    compact = _COMPACT.fullmatch(str(whole))
    return _calendar_day(*_numbers(compact.groups()), str(number)) if compact else Unread(_text(number))


def _date_of_text(text: str) -> date | Yearless | Unread:
    bare = _CLOCK.sub("", text).strip()
    found = {match.groups() for match in _FULL.finditer(bare)} or {match.groups() for match in _COMPACT.finditer(bare)}
    if len(found) == 1:
        return _calendar_day(*_numbers(found.pop()), text)
    if found:
        return Unread(text)
    if match := _SHORT_YEAR.match(bare):
        year, month, day = map(int, match.groups())
        return _calendar_day(2000 + year, month, day, text) if year > 12 else Unread(text)
    if match := _CHINESE_DATE.match(bare):
        return _calendar_day(int(match[1].translate(_CHINESE)), _chinese_number(match[2]), _chinese_number(match[3]), text)
    if match := _NO_YEAR.match(bare):
        month, day = int(match[1]), int(match[2] or match[3])
        return Yearless(month, day) if 1 <= month <= 12 and 1 <= day <= 31 else Unread(text)
    return Unread(text)


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(text.translate(_CHINESE))
    return int(tens.translate(_CHINESE) or 1) * 10 + int(ones.translate(_CHINESE) or 0)


def _calendar_day(year: int, month: int, day: int, text: str) -> date | Unread:
    try:
        return _plausible(date(year, month, day), text)
    except ValueError:
        return Unread(text)


def _plausible(day: date, text: str) -> date | Unread:
    return day if 2000 <= day.year <= 2100 else Unread(text)


def parse_yes_no(value: Any) -> bool | Unread | None:
    """A flag; None for blanks."""
    text = _text(value).lower()
    if not text:
        return None
    words = register_words()
    if text in words.affirmative or text.rstrip("件") in words.affirmative:
        return True
    return False if text in words.negative else Unread(_text(value))


def parse_count(value: Any) -> int | Unread | None:
    """A non-negative whole number; a unit behind it is tolerated."""
    text = _text(value).replace(",", "").rstrip("件页个宗份张 ")
    if text in register_words().blank:
        return None
    return int(text) if text.isdigit() and len(text) < 10 else Unread(_text(value))


def parse_amount(value: Any, in_ten_thousands: bool = False) -> Decimal | Unread | None:
    """An amount in yuan. A unit written beside the number wins over that of the column."""
    text = _text(value).replace(",", "")
    if text in register_words().blank:
        return None
    bare = text.removesuffix("元")
    many = bare.endswith("万") or (in_ten_thousands and bare == text)
    try:
        amount = Decimal(bare.removesuffix("万")) * (_TEN_THOUSAND if many else 1)
    except InvalidOperation:
        return Unread(_text(value))
    return amount if amount.is_finite() and amount >= 0 else Unread(_text(value))


def parse_extension(value: Any) -> int | ExtensionDate | Unread | None:
    """Working days of an extension: a number, 是 (the statutory 20), or the day on which it was granted; 0 for 否, None for blank."""
    if isinstance(value, (datetime, date)):
        found = parse_date(value)
        return ExtensionDate(found) if isinstance(found, date) else Unread(str(value))
    text = _text(value)
    flag = parse_yes_no(text) if text != "1" else Unread(text)
    if not isinstance(flag, Unread):
        return None if flag is None else 20 if flag else 0
    if match := re.fullmatch(r"(?:延[长期])?(\d{1,2})(?:个)?(?:工作)?(?:日|天)?", text):
        return int(match[1])
    found = parse_date(text)
    return ExtensionDate(found) if isinstance(found, date) else Unread(text)


def parse_delivery(value: Any) -> str:
    """`mail`, `direct`, `electronic`, or empty where the cell does not say."""
    text = _text(value).lower()
    ways = register_words().delivery_ways.items()
    return next((way for way, words in ways if any(word in text for word in words)), "")


def masked(text: str) -> str:
    """A text that was not understood, with numbers long enough to be somebody's made unrecognisable, cut to 60 characters."""
    return _LONG_NUMBER.sub("*" * 11, text)[:60]


def parse_hash(value: Any, salt: bytes) -> str:
    """A keyed hash of the text without blanks and punctuation; empty for blanks. Nothing of the text can be read back from it."""
    text = unicodedata.normalize("NFKC", value) if type(value) is str else _text(value)
    bare = _SIGNS.sub("", text).lower()
    return hashlib.blake2b(bare.encode(), key=salt[:64], digest_size=8).hexdigest() if bare else ""


SPECIAL = frozenset({Yearless, Unread, ExtensionDate})
"""Types of values that need a second look beside the other values of their row."""
