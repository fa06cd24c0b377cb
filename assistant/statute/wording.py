"""Folding of free wordings and their complete coverage by known terms, longest match first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Generic, TypeVar

_NOISE = re.compile(r"[\s,，、;；:：。.·/／|()（）\[\]【】〔〕「」《》<>“”\"'‘’—–_+-]+")
_LEADING_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]、|\d{1,2}[.、．])+")
_INNER_NUMBER = re.compile(r"(?<!\d)\d{1,2}[.、．](?=\D)")
_ITEM = re.compile(r"第[（(]([一二三四五六七八九十]+)[)）]项")
_DIGITS = "零一二三四五六七八九"
Meaning = TypeVar("Meaning")


def fold_wording(text: str) -> str:
    """`text` without width differences, blanks, punctuation and leading numbers; article numbers in Chinese numerals."""
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = _INNER_NUMBER.sub("", _LEADING_NUMBER.sub("", folded))
    folded = re.sub(r"第(\d{1,2})([条款项])", lambda found: f"第{_chinese(int(found[1]))}{found[2]}", folded)
    return _NOISE.sub("", _ITEM.sub(r"第\1项", folded))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones or not tens else "")


class Vocabulary(Generic[Meaning]):
    """Terms with their meanings, for covering a wording completely."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._meanings = dict(meanings)
        self._longest = max(map(len, self._meanings), default=0)

    def exact(self, folded: str) -> Meaning | None:
        """The meaning of a wording that is a term as a whole."""
        return self._meanings.get(folded)

    def cover(self, folded: str) -> tuple[tuple[Meaning, ...], str]:
        """The meanings found from left to right, and the characters that no term covers."""
        found, rest, place = [], "", 0
        while place < len(folded):
            term = next(
                (folded[place : place + size] for size in range(self._longest, 0, -1) if folded[place : place + size] in self._meanings),
                None,
            )
            if term is None:
                rest, place = rest + folded[place], place + 1
            else:
                found.append(self._meanings[term])
                place += len(term)
        return tuple(found), rest
