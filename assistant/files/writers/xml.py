"""Text in XML: escaping, and what XML cannot hold."""

from __future__ import annotations

import re
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which no XML document may contain."""
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """The text for an element or a quoted attribute."""
    return escape(clean(text))


def declared(xml: str) -> str:
    """The document with its XML declaration."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'
