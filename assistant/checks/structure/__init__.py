"""Family S: sections, headings, tables as laid out, the unit's name, what must be said."""

from assistant.checks.structure import aspects, cover, headings, labels, layout, names, narrative, other_places, pronouns, rows, sections

__all__ = ["aspects", "cover", "headings", "labels", "layout", "names", "narrative", "other_places", "pronouns", "rows", "sections"]
