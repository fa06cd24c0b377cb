"""Article labels as printed (`第三十三条`) and as people write them (`第33条`, `33条第2款`)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from assistant.text.chinese import parse_chinese

_DIGITS = "零一二三四五六七八九"
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CAPITAL = re.compile(r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[壹贰叁肆伍陆柒捌玖拾](?=[件份页张条款项日月号])")
NUMBER = r"[0-9零〇一二三四五六七八九十百千两廿卅卌]+"


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
    value = Decimal(folded) if folded.isdecimal() else parse_chinese(folded)
    return int(value) if value is not None and value == int(value) else None


def plain_numerals(text: str) -> str:
    """A text with its numerals in capitals (壹仟零贰拾肆, 肆拾贰) in ordinary characters; a single one may be a name and stays."""
    return _CAPITAL.sub(lambda found: found[0].translate(_CAPITALS), text)


def article_label(number: int) -> str:
    """`第三十三条`."""
    return f"第{to_chinese(number)}条"


def fold_label(label: str) -> str:
    """A label for comparison: width, blanks and brackets unified, Arabic article numbers in Chinese."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
    return re.sub(r"第(\d+)([条章款项])", lambda found: f"第{to_chinese(int(found[1]))}{found[2]}", folded)
