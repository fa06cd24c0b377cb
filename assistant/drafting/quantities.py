"""Quantities of a sentence as the drafter refills them: with hedge, scale and measure word in one stretch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.text.numerals import Numeral, quantities
from assistant.text.sentences import split_sentences

_HEDGE_BEFORE = re.compile(r"(?:大约|约|将近|接近|(?<![最附])近|超过|超|逾|突破|不少于)$")
_FRACTION = re.compile(r"\.(\d+)")


@dataclass(frozen=True)
class Quantity:
    """`start`–`end` covers hedge, number, scale and unit. `value` is in single units (None: 数百). `approx` is 余 where the number is told as a
    lower bound; `scale` is 10 000 or 100 000 000 where it is told in 万 or 亿; `decimals` those printed; `fixed` a mere turn of phrase (一名);
    `number_start` is where the number itself begins."""

    start: int
    end: int
    value: Decimal | None
    unit: str
    approx: str
    scale: Literal[1, 10_000, 100_000_000]
    decimals: int
    fixed: bool
    number_start: int = 0


@lru_cache(maxsize=1024)
def quantities_of(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence in order."""
    return tuple(_quantity(sentence, numeral) for numeral in quantities(sentence))


def _quantity(sentence: str, numeral: Numeral) -> Quantity:
    hedge = _HEDGE_BEFORE.search(sentence[: numeral.start])
    number = sentence[numeral.start : numeral.number_end or numeral.end]
    fraction = _FRACTION.search(number)
    told = numeral.raw
    return Quantity(
        start=hedge.start() if hedge else numeral.start,
        end=numeral.end,
        value=numeral.value,
        unit=numeral.unit,
        approx="余" if "余" in told or "多" in told else "",
        scale=100_000_000 if "亿" in number else 10_000 if "万" in number else 1,
        decimals=len(fraction.group(1)) if fraction else 0,
        number_start=numeral.start,
        fixed=(numeral.kind == "duration" and "工作日" in numeral.unit)
        or (numeral.chinese and numeral.kind == "count" and numeral.value == 1),
    )


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every sentence."""
    return tuple((sentence.start, sentence.end) for sentence in split_sentences(text))
