"""Drafting of a whole report: facts, plans, sections, the check of the text, and what is still missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.domain.draft import DraftResult, DraftSentence, SectionDraft
from assistant.domain.facts import NO_FACTS, FactsForm, GivenFacts
from assistant.domain.passage import Scored
from assistant.domain.report import Block, Report, Section
from assistant.drafting.answers import about
from assistant.drafting.book import change_questions, resolve_facts
from assistant.drafting.derive import derive_facts, standing_questions
from assistant.drafting.grounding import ground_draft
from assistant.drafting.offline import Drafter, OfflineDrafter
from assistant.drafting.planning import NARRATIVE, Material, plan_section

FALLBACK = "本部分已改为沿用上年文字起草。"
LEFT = "本部分原有的文字没有改动。"


def prepare(this: Report, previous: Report | None, given: GivenFacts = NO_FACTS, *, asked: FactsForm | None = None) -> Material:
    """The material for drafting: last year's numbers as questions and this year's answers to them. `asked` may be handed in where last year's
    report has been read for its numbers already."""
    if asked is None:
        asked = (
            derive_facts(previous)
            if previous is not None
            else FactsForm(unit=this.unit, year=this.year or 0, asked=standing_questions(frozenset()))
        )
    if this.year:
        asked = asked.model_copy(update={"year": this.year})
    return Material(this=this, previous=previous, asked=asked, book=resolve_facts(asked, this, previous, given))


def draft_report(
    this: Report,
    previous: Report | None,
    facts: GivenFacts = NO_FACTS,
    passages_by_section: Mapping[str, tuple[Scored, ...]] | None = None,
    drafter: Drafter | None = None,
    *,
    sections: Iterable[str] = NARRATIVE,
    material: Material | None = None,
) -> DraftResult:
    """This year's report with its narrative drafted from last year's text and this year's tables and facts.

    `this` has its tables filled; text of parts not named in `sections` stays. Never raises for trouble with a model: a part that has text then keeps
    it, one that has none is rolled forward, and `notices` say so. `material` may be handed in where it is prepared already.
    """
    material = material or prepare(this, previous, facts)
    chosen = drafter or OfflineDrafter()
    drafts = [chosen.draft(plan_section(part, material, (passages_by_section or {}).get(part, ())), material) for part in sections]
    standing = {part for part, block in this.blocks() if block.text.strip()}
    left = tuple(draft.section for draft in drafts if draft.failed and draft.section in standing)
    placed = [placed_blocks(draft) for draft in drafts if draft.section not in left]
    report = _put(this, {draft.section: draft for draft in placed}, material)
    sentences = tuple(sentence for draft in placed for sentence in draft.sentences)
    return DraftResult(
        report=report,
        sentences=sentences,
        facts=material.book,
        missing=material.book.missing,
        open_questions=open_questions(material, sentences),
        findings=(*(finding for draft in placed for finding in draft.findings), *ground_draft(sentences, material)),
        notices=tuple(dict.fromkeys(_notice(draft, left) for draft in drafts if draft.notice)),
        drafter=chosen.name,
        left=left,
        received=tuple((draft.section, draft.partial) for draft in drafts if draft.partial.strip()),
    )


def _notice(draft: SectionDraft, left: tuple[str, ...]) -> str:
    return draft.notice + (LEFT if draft.section in left else FALLBACK)


def placed_blocks(draft: SectionDraft) -> SectionDraft:
    """The draft with its paragraphs numbered as they will stand in the report; sentences without text go with the paragraph before them."""
    numbers: dict[str, int] = {}
    for sentence in draft.sentences:
        if sentence.text.strip():
            numbers.setdefault(sentence.block, len(numbers) + 1)
    current = 1
    placed = []
    for sentence in draft.sentences:
        current = numbers.get(sentence.block, current)
        placed.append(sentence.model_copy(update={"block": f"{draft.section}.{current}"}))
    return draft.model_copy(update={"sentences": tuple(placed)})


def blocks_of(draft: SectionDraft) -> tuple[Block, ...]:
    """The paragraphs of a placed draft as blocks of a report."""
    return tuple(Block(id=f"{draft.section}.{number}", text=text) for number, text in enumerate(draft.paragraphs, 1))


def _put(this: Report, drafts: Mapping[str, SectionDraft], material: Material) -> Report:
    sections = []
    for form in material.form.sections:
        existing = this.section(form.id)
        blocks = blocks_of(drafts[form.id.value]) if form.id.value in drafts else existing.blocks if existing else ()
        sections.append(Section(id=form.id, heading=existing.heading if existing and existing.heading else form.printed, blocks=blocks))
    return this.replace(
        title=this.title or _title(material),
        sections=tuple(sections),
        preamble=blocks_of(drafts["preamble"]) if "preamble" in drafts else this.preamble,
        signature=blocks_of(drafts["signature"]) if "signature" in drafts else this.signature,
    )


def _title(material: Material) -> str:
    if material.previous and material.previous.title and (year := material.previous.year):
        return material.previous.title.replace(str(year), str(material.book.year))
    return f"{material.this.unit or ''}{material.book.year}年{material.form.report_title}"


def open_questions(material: Material, sentences: tuple[DraftSentence, ...]) -> tuple[str, ...]:
    """What the clerk still has to answer, in words: missing numbers, last year's problems, large changes, expressions to confirm."""
    found = [asked.question for asked in material.book.missing if asked.binding == "given"]
    found += [f"上年提出的问题“{problem}”，本年整改情况如何？" for problem in material.asked.problems if not material.answer_to(problem)]
    if material.previous is not None:
        explained = {one.subject for one in about("change", material.answers)}
        found += [question.question for question in change_questions(material.this, material.previous) if question.key not in explained]
    found += [f"“{one.key}”的回答没有对应的问题，没有写进草稿" for one in about("unknown", material.answers)]
    told = {name for sentence in sentences for name in sentence.facts}
    found += [
        f"新增的“{given.what or given.name}”没有写进草稿，请核对口径或给出例句"
        for given in material.book.unmatched
        if given.value is not None and given.name not in told
    ]
    found += [
        f"{re.sub('。$', '', sentence.reason)}：{sentence.text[:40]}" for sentence in sentences if sentence.attention and sentence.text
    ]
    return tuple(dict.fromkeys(found))
