"""Finding the six sections by their headings, also when misnumbered or mistyped."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from assistant.data_files import raw_data
from assistant.domain.report import SectionId
from assistant.expressions import regex
from assistant.files.grid.labels import Label, LabelSet, core, vocabulary
from assistant.files.raw import Paragraph
from assistant.forms import Form, editions, load_form
from assistant.text.marks import behind_number, mark_of

_NUMBERED = regex(r"^\s*(?:第?[一二三四五六七八九十]{1,2}(?:部分|章)?\s*[、.．,，:：\s]|\d{1,2}\s*[、.．])\s*(?=\D)")
_RUN_IN = regex(r"^(\s*[一二三四五六七八九]\s*[、.．]\s*[^。：:\s]{3,40})\s*[。：:\s]\s*(\S.*)$", re.DOTALL)
_SENTENCE = regex(r"[。；！？]")
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


class Recognised(IntEnum):
    """How surely a line has the words of a heading."""

    BY_WORDS = 1
    SIMILAR = 2
    KNOWN = 3


def heading_of(text: str) -> SectionId | None:
    """The section that a paragraph taken by itself may be the heading of."""
    found = recognise(text)
    return found[0] if found else None


def recognise(text: str, bracketed: bool = False) -> tuple[SectionId, Recognised] | None:
    """The section that a paragraph taken by itself may be the heading of, and how its words show that. Freely worded headings need a number
    like 一、 or 1.; with `bracketed` one like （一） does as well."""
    stripped = text.strip().rstrip("：:。")
    if not 2 <= len(stripped) <= LONGEST_HEADING or _SENTENCE.search(stripped):
        return None
    if key := _headings().find(stripped) or _headings().find(behind_number(stripped)):
        return _section(key), Recognised.KNOWN
    if not (_NUMBERED.match(stripped) or (bracketed and mark_of(stripped).level == "bracketed")) or _is_table_text(stripped):
        return None
    if key := _headings().nearest(stripped):
        return _section(key), Recognised.SIMILAR
    section = _by_words(core(stripped))
    return (section, Recognised.BY_WORDS) if section else None


def _section(key: str) -> SectionId:
    return SectionId(key.removeprefix("section."))


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
