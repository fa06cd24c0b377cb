"""Automatic numbering of Word paragraphs (`一、` that stands in no text) as the printed prefix."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from assistant.files.limits import Archive, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCounting",
}
_DIGITS = "〇一二三四五六七八九"


class _Level(NamedTuple):
    """Format of one list level: kind of number, text with `%1`, first number."""

    kind: str
    text: str
    start: int


@dataclass
class Numbering:
    """Levels by list and level, and the counters of one pass over the document."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive) -> Numbering:
        """The numbering part of a Word file; empty when it has none."""
        content = archive.read("word/numbering.xml")
        if content is None or b"numId" not in content:
            return cls()
        root = parse_xml(content)
        abstract = {item.get(f"{_W}abstractNumId", ""): item for item in root.iter(f"{_W}abstractNum")}
        levels: dict[tuple[str, int], _Level] = {}
        for number in root.iter(f"{_W}num"):
            reference = number.find(f"{_W}abstractNumId")
            source = abstract.get(reference.get(f"{_W}val", "")) if reference is not None else None
            for level in source.iter(f"{_W}lvl") if source is not None else ():
                index = level.get(f"{_W}ilvl", "0")
                if index.isdigit():
                    levels[number.get(f"{_W}numId", ""), int(index)] = _level(level)
        return cls(levels)

    def in_use(self, element: _Element) -> bool:
        """Whether any paragraph inside `element` may be numbered."""
        return bool(self.levels) and next(element.iter(f"{_W}numPr"), None) is not None

    def prefix(self, paragraph: _Element) -> str:
        """The number that Word prints before a paragraph, empty for none, bullets and formats other than decimal and Chinese."""
        found = paragraph.find(f"{_W}pPr/{_W}numPr") if self.levels else None
        if found is None:
            return ""
        list_id, level_id = _value(found, "numId"), _value(found, "ilvl") or "0"
        level = self.levels.get((list_id, int(level_id))) if level_id.isdigit() else None
        if level is None:
            return ""
        depth = int(level_id)
        self.counters[list_id, depth] = self.counters.get((list_id, depth), level.start - 1) + 1
        for key in [key for key in self.counters if key[0] == list_id and key[1] > depth]:
            del self.counters[key]
        return self._printed(list_id, depth, level)

    def _printed(self, list_id: str, depth: int, level: _Level) -> str:
        text = level.text
        for index in range(depth + 1):
            own = self.levels.get((list_id, index), level)
            number = _spelled(self.counters.get((list_id, index), own.start), own.kind)
            if number is None:
                return ""
            text = text.replace(f"%{index + 1}", number)
        return text


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _level(element: _Element) -> _Level:
    start = _value(element, "start")
    return _Level(_value(element, "numFmt"), _value(element, "lvlText"), int(start) if start.isdigit() and len(start) < 4 else 1)


def _spelled(number: int, kind: str) -> str | None:
    if kind in {"decimal", "decimalFullWidth", ""}:
        return str(number)
    if kind not in _CHINESE or not 0 < number < 100:
        return None
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")) + (_DIGITS[ones] if ones else "")
