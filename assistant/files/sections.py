"""Finding the six sections by their headings, also when misnumbered or mistyped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from assistant.data_files import raw_data
from assistant.domain.report import SectionId
from assistant.expressions import regex
from assistant.files.grid.labels import Label, LabelSet, core, vocabulary
from assistant.files.raw import Paragraph, RawTable
from assistant.forms import Form, editions, load_form

_NUMBERED = regex(r"^\s*(?:第?[一二三四五六七八九十]{1,2}(?:部分|章)?\s*[、.．,，:：\s]|\d{1,2}\s*[、.．])\s*(?=\D)")
_RUN_IN = regex(r"^(\s*[一二三四五六七八九]\s*[、.．]\s*[^。：:\s]{3,40})\s*[。：:\s]\s*(\S.*)$", re.DOTALL)
_SENTENCE = regex(r"[。；！？]")
_OF_THE_FORM = regex(r"^\s*第?[一二三四五六七八九十]{1,2}(?:部分|章)?\s*[、.．,，:：\s]")
_OF_A_LOWER_LEVEL = regex(r"^\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|\d{1,2}\s*[、.．])")
_ENOUGH = 3  # headings numbered 一、 that show this to be the level of the sections
LONGEST_HEADING = 48


class _Rules(NamedTuple):
    words: tuple[tuple[SectionId, tuple[tuple[str, ...], ...]], ...]
    cover: tuple[str, ...]


@cache
def heading_rules() -> _Rules:
    """The rules for freely worded headings and the words that open cover lines."""
    data = raw_data("assistant.files", "data/headings.yaml")
    words = tuple((SectionId(rule["section"]), tuple(tuple(group) for group in rule["words"])) for rule in data["rules"])
    return _Rules(words, tuple(data["cover"]))


def section_labels(form: Form) -> tuple[Label, ...]:
    """The headings of the form as labels."""
    return tuple(Label(f"section.{section.id.value}", section.printed, section.synonyms) for section in form.sections)


@cache
def _headings() -> LabelSet:
    return LabelSet(label for edition in editions() for label in section_labels(load_form(edition)))


def heading_of(text: str) -> SectionId | None:
    """The section that a paragraph is the heading of, if it is one."""
    stripped = text.strip().rstrip("：:。")
    if not 2 <= len(stripped) <= LONGEST_HEADING or _SENTENCE.search(stripped):
        return None
    key = _headings().find(stripped)
    if key is None and _NUMBERED.match(stripped) and not _is_table_text(stripped):
        key = _headings().nearest(stripped)
        if key is None:
            return _by_words(core(stripped))
    return SectionId(key.removeprefix("section.")) if key else None


def _is_table_text(text: str) -> bool:
    """Whether a numbered line is a row or group label of 表三, whole or its beginning, with or without values after it."""
    bare = core(text)
    return any(form.startswith(bare[:7]) for form in _row_cores()) or bool(vocabulary().matrix_rows.nearest(text))


@cache
def _row_cores() -> tuple[str, ...]:
    words = vocabulary()
    return tuple(core(label.expected) for label in (*words.matrix_rows.labels, *words.matrix_groups.labels))


def _by_words(bare: str) -> SectionId | None:
    if len(bare) > 30:
        return None
    for section, groups in heading_rules().words:
        if all(any(word in bare for word in group) for group in groups):
            return section
    return None


def split_run_in(paragraph: Paragraph) -> tuple[Paragraph, ...]:
    """A heading that runs on into its text, as two paragraphs; any other paragraph unchanged."""
    found = _RUN_IN.match(paragraph.text)
    if found and _headings().find(found[1]) and heading_of(paragraph.text) is None:
        return Paragraph(found[1].strip(), paragraph.locator), Paragraph(found[2].strip(), paragraph.locator)
    return (paragraph,)


def find_headings(items: Sequence[Paragraph | RawTable]) -> dict[int, SectionId]:
    """Positions of section headings in `items`. Of several headings of one section those of a table of contents (followed at once by
    another heading) are left out, and so are heads of a lower level inside a section."""
    found = {at: section for at, item in enumerate(items) if isinstance(item, Paragraph) and (section := heading_of(item.text))}
    found = _of_one_level(items, found)
    kept = dict(found)
    for at, section in found.items():
        bare = at + 1 in found or at + 1 >= len(items)
        if bare and sum(1 for other in kept.values() if other is section) > 1:
            del kept[at]
    return kept


def _of_one_level(items: Sequence[Paragraph | RawTable], found: dict[int, SectionId]) -> dict[int, SectionId]:
    """The headings without those numbered （一） or 1. where the sections are numbered 一、: the overview is divided by the same words. Such a head
    directly before a table is that of a section where no other is."""
    texts = {at: item.text for at in found if isinstance(item := items[at], Paragraph)}
    of_the_form = {found[at] for at, text in texts.items() if _OF_THE_FORM.match(text)}
    if len(of_the_form) < _ENOUGH:
        return found

    def belongs(at: int) -> bool:
        if not _OF_A_LOWER_LEVEL.match(texts[at]):
            return True
        return found[at] not in of_the_form and at + 1 < len(items) and isinstance(items[at + 1], RawTable)

    return {at: section for at, section in found.items() if belongs(at)}
