"""Values of numbers written in Chinese characters."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    char: value
    for value, chars in enumerate(("〇零○", "一壹弌", "二贰两貳", "三叁叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for char in chars
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
LONGEST = 24
CHARACTERS = "".join([*DIGITS, *_SMALL, *_LARGE, *_TENS])


def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None when it is none: 一百二十八, 二〇二四, 三千零五, 壹佰, 廿三, 一万二, 三点五."""
    whole, point, fraction = text.partition("点")
    if not whole or len(text) > LONGEST or (point and (not fraction or any(char not in DIGITS for char in fraction))):
        return None
    value = _digits(whole) if all(char in DIGITS for char in whole) else _positional(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[char]) for char in fraction)}") if point else Decimal(value)


def _digits(text: str) -> int | None:
    """One digit, or a row of digits read out one by one (二〇二四). 三五 and 七八 are rough ranges and no value."""
    if len(text) == 1:
        return DIGITS[text]
    if len(text) == 2 and not any(char in "〇零○" for char in text):
        return None
    return int("".join(str(DIGITS[char]) for char in text))


def _positional(text: str) -> int | None:
    """A numeral with places: 亿, then 万, then the rest, each a group of at most four places."""
    groups = re.fullmatch(r"(?:(.+)[亿億])?(?:([^亿億万萬]+)[万萬])?([^亿億万萬]*)", text)
    if groups is None:
        return None
    high, middle, low = groups.groups()
    total = 0
    for part, worth in ((high, 10**8), (middle, 10**4)):
        if part is not None:
            value = parse_chinese(part)
            if value is None or value != int(value):
                return None
            total += int(value) * worth
    if not low:
        return total
    rest = _group(low)
    if rest is None:
        return None
    if len(low) == 1 and total and low in DIGITS:  # 一万二 = 12000
        rest *= _LARGE[text[-2]] // 10
    return total + rest


def _group(text: str) -> int | None:
    """A numeral below 万. Places must fall: 十百 and 百千 are no numbers. 一百二 is 120."""
    total, digit, last_place = 0, None, 10_000
    for index, char in enumerate(text):
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            continue
        if char not in _SMALL and char not in _TENS:
            return None
        place = _SMALL.get(char, 10)
        if place >= last_place or (char in _TENS and digit):
            return None
        total += _TENS.get(char) or (digit or 1) * place
        digit, last_place = None, place
        if index + 2 == len(text) and place > 10 and DIGITS.get(text[-1]):
            return total + DIGITS[text[-1]] * place // 10
    return total + (digit or 0)
