"""Index tokens: single Chinese characters and pairs of them, and whole runs of Latin letters or digits. They beat word segmentation on statutes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_RUN = re.compile(r"[a-z]+|[0-9]+|[㐀-䶿一-鿿]+")


def fold(text: str) -> str:
    """`text` without differences of width and case."""
    return unicodedata.normalize("NFKC", text).lower()


def grams(text: str) -> list[str]:
    """The tokens of `text` in order."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0] < "\u3400":
            found.append(run)
        else:
            found += run
            found += (run[place : place + 2] for place in range(len(run) - 1))
    return found


def counts(texts: Iterable[str]) -> Counter[str]:
    """The tokens of several texts with their frequencies."""
    total: Counter[str] = Counter()
    for text in texts:
        total.update(grams(text))
    return total
