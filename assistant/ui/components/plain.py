"""Text of files, models and people in places that would read it as Markdown: labels, captions, boxes."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>#$~|&:])")
_LEADING = re.compile(r"(?m)^(\s*)([-+=]|\d+[.)])(?=\s)")


def plain(text: str) -> str:
    """`text` so that it is shown as it stands: nothing in it becomes a heading, link, image, colour or formula."""
    return _LEADING.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", _SPECIAL.sub(r"\\\1", text))
