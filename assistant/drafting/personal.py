"""Personal data never leaves in a prompt: numbers of persons are masked, and the names a register holds."""

from __future__ import annotations

import re

MASK = "（已隐去）"
_NUMBERS = re.compile(
    r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"  # identity card
    r"|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # mobile
    r"|(?<!\d)(?:62|4\d|5[1-5])\d{14,17}(?!\d)"  # bank card
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<!\d)0\d{2,3}[-—]?\d{7,8}(?!\d)"  # landline
)


def without_personal_data(text: str, names: frozenset[str] = frozenset()) -> str:
    """`text` with identity, phone and card numbers, mail addresses and the given names masked. Names of one character are left alone."""
    masked = _NUMBERS.sub(MASK, text)
    for name in sorted((name for name in names if len(name) >= 2), key=len, reverse=True):
        masked = masked.replace(name, MASK)
    return masked
