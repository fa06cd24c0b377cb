"""Which paragraphs are the heads of the six sections, decided over the whole document.

The overview is divided by heads of the same words (主动公开, 依申请公开), so no head can be told by itself. The sections share one way of numbering
(一、 or （一） or 1. or 第一部分 or none); their heads follow one another, carry the number of the form and stand before the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.domain.report import SectionId
from assistant.files.raw import Paragraph, RawTable
from assistant.files.sections import Recognised, recognise
from assistant.text.marks import Level, Mark, mark_of

_PLACES = {section: place for place, section in enumerate(SectionId, 1)}
_TABLES = frozenset({SectionId.DISCLOSURE, SectionId.APPLICATIONS, SectionId.DISPUTES})
_OF_THE_LEVEL, _NUMBERED_RIGHT, _BEFORE_ITS_TABLE, _IN_A_LIST = 4, 2, 6, -3
_WELL_FOUNDED = Recognised.KNOWN + _NUMBERED_RIGHT
_CAPTION = 60  # characters that may stand between a head and its table: 单位：件


class _Head(NamedTuple):
    """A line that may be the head of a section. `listed` means that another head like it, or nothing, follows at once, as in a table of
    contents."""

    at: int
    section: SectionId
    words: Recognised
    mark: Mark
    before_table: bool
    listed: bool

    @property
    def numbered_right(self) -> bool:
        return self.mark.number == _PLACES[self.section]

    @property
    def evidence(self) -> int:
        """What speaks for the head by itself."""
        return self.words + _NUMBERED_RIGHT * self.numbered_right + _BEFORE_ITS_TABLE * self.before_table

    def weight(self, level: Level) -> int:
        """What speaks for it, at least 1, if `level` is that of the sections."""
        return max(self.evidence + _OF_THE_LEVEL * (self.mark.level == level) + _IN_A_LIST * self.listed, 1)


def find_headings(items: Sequence[Paragraph | RawTable]) -> dict[int, SectionId]:
    """Positions of the heads of the sections in `items`: those of one level that agree best with the form, for a section without such a head
    the one of another level that can only be its head, and heads of the level that are out of their order or occur twice."""
    heads = _heads(items)
    if not heads:
        return {}
    marks = {at: mark_of(item.text) for at, item in enumerate(items) if isinstance(item, Paragraph)}
    levels = dict.fromkeys(head.mark.level for head in heads)
    chosen, level = max(
        ((_best_series(heads, marks, level), level) for level in levels),
        key=lambda choice: sum(head.weight(choice[1]) for head in choice[0]),
    )
    more = [
        head
        for head in heads
        if head not in chosen and head.mark.level == level and _stands_beside(head, chosen) and not _restarts(head, chosen, items)
    ]
    return {head.at: head.section for head in sorted((*chosen, *more), key=lambda head: head.at)}


def _heads(items: Sequence[Paragraph | RawTable]) -> list[_Head]:
    known = {at: found for at, item in enumerate(items) if isinstance(item, Paragraph) and (found := recognise(item.text, bracketed=True))}
    heads: list[_Head] = []
    for at, (section, words) in known.items():
        mark, following = mark_of(_text(items[at])), known.get(at + 1)
        listed = following is not None and following[0] is not section and mark_of(_text(items[at + 1])).level == mark.level
        before_table = section in _TABLES and _stands_before_table(items, at, known)
        heads.append(_Head(at, section, words, mark, before_table, listed or at + 1 == len(items)))
    return heads


def _text(item: Paragraph | RawTable) -> str:
    return item.text if isinstance(item, Paragraph) else ""


def _stands_before_table(items: Sequence[Paragraph | RawTable], at: int, known: Mapping[int, object]) -> bool:
    """Whether a table follows, at once or below a caption."""
    first, *second = items[at + 1 : at + 3] or [Paragraph("")]
    if isinstance(first, RawTable):
        return True
    return at + 1 not in known and len(first.text) <= _CAPTION and bool(second) and isinstance(second[0], RawTable)


def _best_series(heads: Sequence[_Head], marks: Mapping[int, Mark], level: Level) -> tuple[_Head, ...]:
    """The heads in the order of the form that together have most weight if `level` is that of the sections."""
    best: list[tuple[int, tuple[_Head, ...]]] = []
    for head in heads:
        if head.mark.level != level and not _stands_for_itself(head, heads, marks, level):
            continue
        before = [(weight, series) for weight, series in best if _PLACES[series[-1].section] < _PLACES[head.section]]
        weight, series = max(before, key=lambda choice: choice[0], default=(0, ()))
        best.append((weight + head.weight(level), (*series, head)))
    return max(best, key=lambda choice: choice[0], default=(0, ()))[1]


def _stands_for_itself(head: _Head, heads: Sequence[_Head], marks: Mapping[int, Mark], level: Level) -> bool:
    """Whether a head of another level than the sections' can be that of a section: it stands before its table, or its number is that of the
    form, or missing, and it is no item of a list inside a section."""
    if head.before_table:
        return True
    if head.mark.level == "none":
        return head.section not in _TABLES or not any(other.before_table for other in heads)
    if not head.numbered_right or head.section in _TABLES:
        return False
    borders = [other.at for other in heads if other.mark.level == level]
    start = max((at for at in borders if at < head.at), default=-1)
    end = min((at for at in borders if at > head.at), default=max(marks) + 1)
    like = [(at, mark.number) for at, mark in marks.items() if start < at < end and mark.level == head.mark.level]
    before = [number for at, number in like if at < head.at]
    after = [number for at, number in like if at > head.at]
    return before[-1:] != [head.mark.number - 1] and after[:1] != [head.mark.number + 1]


def _stands_beside(head: _Head, chosen: Sequence[_Head]) -> bool:
    """Whether a head of the sections' level that is not in their order is one all the same: its section has no other, or it is as well
    founded as the other."""
    other = next((other for other in chosen if other.section is head.section), None)
    return other is None or (not head.listed and head.evidence >= min(_WELL_FOUNDED, other.evidence))


def _restarts(head: _Head, chosen: Sequence[_Head], items: Sequence[Paragraph | RawTable]) -> bool:
    """Whether a head is an item of a list inside a section that is numbered like the sections, from one again. The first section printed once
    more begins no list."""
    start = max((other.at for other in chosen if other.at < head.at), default=head.at)
    firsts = {_text(items[other.at]) for other in chosen if other.mark.number == 1}
    between = (_text(item) for item in items[start + 1 : head.at + 1])
    return any(mark_of(text)[:2] == (head.mark.level, 1) and text not in firsts for text in between)
