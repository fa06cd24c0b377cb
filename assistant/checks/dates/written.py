"""Years and days as texts write them: 2023, ２０２３, 二〇二三, 十二, 三十一."""

from __future__ import annotations

from assistant.expressions import regex

_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_DIGITS = str.maketrans("〇零○一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_SPELLED = str.maketrans("0123456789", "〇一二三四五六七八九")
_YEAR = regex(r"[二２][〇零○０][〇零○一二三四五六七八九０-９]{2}(?=\s*年)")


def number(text: str) -> int:
    """The number that a text writes in digits or in Chinese, up to 99 (`三十一`) or digit by digit (`二〇二三`)."""
    if text.isdigit():
        return int(text)
    if "十" not in text:
        return int("".join(str(_CHINESE[char]) for char in text))
    tens, _, ones = text.partition("十")
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def with_plain_years(text: str) -> str:
    """The text with its years in plain digits, character for character, so that places stay the same."""
    if "二" not in text and "２" not in text:
        return text
    return _YEAR.sub(lambda match: match.group().translate(_DIGITS), text)


def spelled(year: int) -> str:
    """The year in Chinese digits: 二〇二三."""
    return str(year).translate(_SPELLED)
