"""Article labels as printed (`第三十三条`) and as people write them (`第33条`, `33条第2款`)."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "零一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0, "两": 2, "俩": 2, "０": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMBER = r"[0-9零〇一二三四五六七八九十百千两]+"


def to_chinese(number: int) -> str:
    """A number from 1 to 9999 as in labels: 10 → 十, 33 → 三十三, 105 → 一百零五."""
    text, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def to_number(text: str) -> int | None:
    """The value of an Arabic or Chinese numeral, or None when it is none."""
    folded = unicodedata.normalize("NFKC", text)
    if folded.isdigit():
        return int(folded)
    if not folded or any(character not in _VALUES and character not in _UNITS for character in folded):
        return None
    if not any(character in _UNITS for character in folded):
        return int("".join(str(_VALUES[character]) for character in folded))
    total, digit = 0, 0
    for character in folded:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _VALUES[character]
    return total + digit


def article_label(number: int) -> str:
    """`第三十三条`."""
    return f"第{to_chinese(number)}条"


def fold_label(label: str) -> str:
    """A label for comparison: width, blanks and brackets unified, Arabic article numbers in Chinese."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
    return re.sub(r"第(\d+)([条章款项])", lambda found: f"第{to_chinese(int(found[1]))}{found[2]}", folded)
