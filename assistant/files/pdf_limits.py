"""What the PDF parser may be made to count through: a font that gives widths for a hundred million characters is no font."""

from __future__ import annotations

import builtins
from typing import SupportsIndex

MOST_STEPS = 1 << 17  # twice the characters that a font can have


def bounded_range(*bounds: SupportsIndex) -> range:
    """As the built-in. Raises `ValueError` when there are more steps than any sound file asks for."""
    steps = builtins.range(*bounds)
    if len(steps) > MOST_STEPS:
        raise ValueError(f"{len(steps)} steps")
    return steps


def bound_the_parser() -> None:
    """Let the parser of PDF count with `bounded_range`: it takes the ends of ranges from the file (fonts, character maps, tables of objects)
    and walks through them unasked, in memory that grows with each step."""
    from pdfminer import cmapdb, pdfdocument, pdffont

    for module in (cmapdb, pdfdocument, pdffont):
        setattr(module, "range", bounded_range)  # noqa: B010 - the modules have no name `range` of their own
