"""Drafts: planned sections, drafted sentences with their sources, and the result of drafting a report."""

from __future__ import annotations

from typing import Literal

from assistant.domain.base import Frozen
from assistant.domain.facts import AskedFact, FactBook
from assistant.domain.finding import Finding
from assistant.domain.report import Report

Colour = Literal["keep", "refill", "rewrite", "gone", "new"]
Origin = Literal["last_year", "model", "facts", "form", "hand"]
COLOUR_LABELS: dict[str, str] = {"keep": "沿用", "refill": "更新数字", "rewrite": "需改写", "gone": "不再成立", "new": "新增"}


class DraftSentence(Frozen):
    """One sentence of a draft.

    `template` holds the sentence with `{{slots}}`, `text` the same filled (empty when `colour` is `gone`: nothing is printed). `reason` tells in
    Chinese why it got its colour, `last_text` the sentence of last year it comes from. `facts` are the slot names, `passages` the ids of the
    passages or last-year blocks it rests on; `attention` asks the clerk to look before signing.
    """

    section: str
    block: str
    text: str
    template: str = ""
    colour: Colour = "keep"
    reason: str = ""
    origin: Origin = "last_year"
    last_text: str = ""
    last_block: str = ""
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    attention: bool = False


class Offered(Frozen):
    """A passage offered to a drafter as data: `id` as retrieval names it, where it stands, and its text."""

    id: str
    document: str
    article: str
    text: str


class LastParagraph(Frozen):
    """A paragraph of last year's section, by block id."""

    block: str
    text: str


class SectionPlan(Frozen):
    """What a section has to say and what it may rest on.

    `requirement` is what the form demands, `aspects` the aspects to be covered, `last` last year's paragraphs, `fact_names` the facts that
    belong here, `promises` the problems reported last year, `limit` the length not to be exceeded.
    """

    section: str
    heading: str
    unit: str | None
    year: int
    requirement: str = ""
    aspects: tuple[str, ...] = ()
    last: tuple[LastParagraph, ...] = ()
    fact_names: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    passages: tuple[Offered, ...] = ()
    limit: int | None = None


class SectionDraft(Frozen):
    """A drafted section. Where a model was asked and could not serve, `failed` is set, `notice` tells what happened and what took its place, and
    `partial` keeps what had arrived."""

    section: str
    sentences: tuple[DraftSentence, ...]
    drafter: str
    findings: tuple[Finding, ...] = ()
    notice: str = ""
    partial: str = ""
    failed: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The printed paragraphs in order: sentences of one block joined."""
        blocks: dict[str, str] = {}
        for sentence in self.sentences:
            blocks[sentence.block] = blocks.get(sentence.block, "") + sentence.text
        return tuple(text for text in blocks.values() if text.strip())


class DraftResult(Frozen):
    """A drafted report: the report with its narrative filled, every sentence with source, colour and reason, what is missing, and findings.
    `left` names the parts that were left as they stood because the model could not serve, `received` holds what had arrived for a part."""

    report: Report
    sentences: tuple[DraftSentence, ...]
    facts: FactBook
    missing: tuple[AskedFact, ...] = ()
    open_questions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[str, ...] = ()
    drafter: str = ""
    left: tuple[str, ...] = ()
    received: tuple[tuple[str, str], ...] = ()

    @property
    def shares(self) -> dict[str, int]:
        """Number of sentences per colour."""
        counts = dict.fromkeys(COLOUR_LABELS, 0)
        for sentence in self.sentences:
            counts[sentence.colour] += 1
        return counts


class Proposal(Frozen):
    """A proposed new text for one paragraph, never applied by itself. `redline` is (op, text) against `old`, `moved_away` what stands elsewhere in
    `new`; `findings` speak of `new`."""

    operation: str
    block: str
    old: str
    new: str
    redline: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...] = ()
    notice: str = ""
