"""Documents of the corpus and their passages: what retrieval finds and what answers and drafts cite."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from typing import Literal

from assistant.domain.base import Frozen

DocumentKind = Literal["statute", "notice", "interpretation", "judicial", "guidance", "report", "outside"]
TextForm = Literal["digest", "official"]
LEGAL_KINDS: frozenset[str] = frozenset({"statute", "notice", "interpretation", "judicial"})


class CorpusDocument(Frozen):
    """One document with its dates. `number` is the official number (empty for guidance); `effective_to` is the last day in force, None while in force.

    `form` says whether the text is our own digest or the official wording; `unit`, `year` and `edition` are set for past reports only.
    """

    id: str
    kind: DocumentKind
    title: str
    number: str = ""
    issuer: str = ""
    aliases: tuple[str, ...] = ()
    issued: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: str | None = None
    repealed_by: str | None = None
    form: TextForm = "digest"
    source: str = ""
    written_on: date | None = None
    unit: str | None = None
    year: int | None = None
    edition: str | None = None

    @property
    def is_legal(self) -> bool:
        """Whether the document binds (statute, notice, interpretation), other than guidance and reports."""
        return self.kind in LEGAL_KINDS

    def in_force(self, day: date) -> bool:
        """Whether the text applies on `day`. An unknown first day counts as long ago."""
        return (self.effective_from is None or self.effective_from <= day) and (self.effective_to is None or day <= self.effective_to)


class Passage(Frozen):
    """One article or heading of a document; never more than one.

    `id` is `<document id>#<label>`; `label` is the printed one (`第三十三条`, `一（一）`); `text` is the digest (or the text of a document without
    digest), `official` the verbatim wording where it was imported. `terms`, `asks` and `facts` are written beside a digest: words under which
    people look for it, ways of asking, statements that an answer must contain. `see` holds ids of related passages. `paragraphs` and `items` are how many 款 and 项 the printed article
    has; 0 when that is not known.
    """

    id: str
    document: str
    label: str
    topic: str = ""
    chapter: str = ""
    order: int = 0
    text: str = ""
    official: str = ""
    terms: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    paragraphs: int = 0
    items: int = 0

    @property
    def quotable(self) -> str:
        """The text to show: the official wording where present, else the digest."""
        return self.official or self.text

    @property
    def form(self) -> TextForm:
        """What `quotable` is."""
        return "official" if self.official else "digest"

    @cached_property
    def hash(self) -> str:
        """The hash of everything that retrieval sees."""
        parts = (self.id, self.topic, self.chapter, self.text, self.official, *self.terms, "", *self.asks, "", *self.facts, "", *self.see)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


class Scored(Frozen):
    """A passage that was found. `score` is 0..1 and comparable within one search; `sources` tells which index gave how much."""

    passage: Passage
    document: CorpusDocument
    score: float
    sources: tuple[tuple[str, float], ...] = ()
