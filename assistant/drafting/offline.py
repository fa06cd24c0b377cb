"""The drafter that needs no model: last year's text rolled forward, with what the form demands."""

from __future__ import annotations

import re
from typing import Protocol

from assistant.domain.draft import DraftSentence, SectionDraft, SectionPlan
from assistant.domain.facts import AskedFact, Fact
from assistant.domain.report import Block
from assistant.drafting.answers import about
from assistant.drafting.book import change_questions
from assistant.drafting.enumerations import renumbered, without_bare_heads
from assistant.drafting.matching import shared_words
from assistant.drafting.planning import Material, last_blocks
from assistant.drafting.quantities import sentence_spans
from assistant.drafting.rollforward import roll_sentence
from assistant.drafting.slots import fill, slot, slot_names
from assistant.drafting.standard import MARK, speaks_of, standard_facts
from assistant.drafting.standing import became_of, change_explained, headed, preamble, standing_sentences
from assistant.drafting.wording import wording

_HEADING = re.compile(r"^[（(][一二三四五六七八九十]+[)）][^。；]{2,24}[。：:]?$")


class Drafter(Protocol):
    """Anything that drafts a section. `name` says what it is, for labels and logs."""

    @property
    def name(self) -> str:
        """`沿用上年` or the model's name."""
        ...

    def draft(self, plan: SectionPlan, material: Material) -> SectionDraft:
        """The drafted section."""
        ...


class OfflineDrafter:
    """Rolls last year's text forward. Deterministic; needs neither network nor key."""

    name = "沿用上年"

    def draft(self, plan: SectionPlan, material: Material) -> SectionDraft:
        """The section as code can write it; sentences that no longer hold are kept without text, with the reason."""
        if plan.section == "problems":
            sentences = _problems(plan, material)
        elif plan.section == "signature":
            sentences = _signature(material)
        else:
            sentences = _rolled(plan, material)
            if plan.section == "preamble" and not plan.last and material.previous is None:
                sentences = (_made(plan.section, "preamble.1", preamble(plan.unit or ""), material, "没有上年报告，按格式写成"),)
        return SectionDraft(section=plan.section, sentences=renumbered(without_bare_heads(sentences), material), drafter=self.name)


def _rolled(plan: SectionPlan, material: Material) -> tuple[DraftSentence, ...]:
    sentences: list[DraftSentence] = []
    for block in last_blocks(material.previous, plan.section):
        sentences.extend(roll_block(plan.section, block, material))
    used = {name for sentence in sentences for name in sentence.facts}
    last_text = "\n".join(block.text for block in plan.last)
    added = list(standing_sentences(plan.section, material.book, used, last_text))
    added += [("", sentence) for sentence in _answered(plan, material)]
    if plan.section == "overview":
        added += _new_facts(material, used) + _explained_changes(material)
    for aspect, sentence in added:
        _insert(sentences, sentence, _aspect_labels(material, aspect))
    return tuple(sentences)


def roll_block(section: str, block: Block, material: Material) -> tuple[DraftSentence, ...]:
    """Every sentence of one paragraph of last year, rolled forward."""
    asked = material.asked.at(block.id)
    return tuple(
        roll_sentence(
            block.text[start:end],
            section=section,
            block=block.id,
            asked=_within(asked, start, end),
            offset=start,
            book=material.book,
            this=material.this,
        )
        for start, end in sentence_spans(block.text)
    )


def _within(asked: tuple[AskedFact, ...], start: int, end: int) -> tuple[AskedFact, ...]:
    return tuple(fact for fact in asked if start <= fact.start and fact.end <= end)


def _made(section: str, block: str, template: str, material: Material, reason: str, *, attention: bool = False) -> DraftSentence:
    return DraftSentence(
        section=section,
        block=block,
        text=fill(template, material.book.by_name).text,
        template=template,
        colour="new",
        reason=reason,
        origin="facts",
        facts=slot_names(template),
        attention=attention,
    )


def _answered(plan: SectionPlan, material: Material) -> list[DraftSentence]:
    """Section 六: what the clerk wants reported besides."""
    if plan.section != "other":
        return []
    return [_made("other", "", _ended(one.text), material, material.book.answered(one.key)) for one in about("other", material.answers)]


def _explained_changes(material: Material) -> list[tuple[str, DraftSentence]]:
    """Why a figure changed much, where the clerk said so: placed with the aspect whose paragraph speaks of the figure."""
    if material.previous is None:
        return []
    changed = {change.key: change for change in change_questions(material.this, material.previous)}
    made = []
    for answer in about("change", material.answers):
        change = changed.get(answer.subject)
        fact = next((one for one in material.book.facts if one.cells == (answer.subject,)), None)
        if change and fact:
            direction = "增加" if change.this > change.last else "减少"
            template = change_explained(fact.what, direction, answer.text)
            made.append((_nearest_aspect(fact, material), _made("overview", "", template, material, material.book.answered(answer.key))))
    return made


def _new_facts(material: Material, used: set[str]) -> list[tuple[str, DraftSentence]]:
    """Sentences for facts that last year's text did not have: the clerk's own template, or the plain statement."""
    made: list[tuple[str, DraftSentence]] = []
    templates = {given.name: given for given in material.book.unmatched}
    for fact in material.book.facts:
        given = templates.get(fact.name)
        if not fact.is_new or given is None or fact.name in used or "信息处理费" in fact.name + fact.what:
            continue
        if not given.template and _contradicts_tables(fact, material):
            continue
        template = given.template or _plain_statement(fact)
        sentence = _made("overview", "", _ended(template), material, "本年新增的事实", attention=not given.template)
        made.append((given.aspect or _nearest_aspect(fact, material), sentence))
    return made


def _nearest_aspect(fact: Fact, material: Material) -> str:
    """The aspect whose paragraph of last year shares most words with the fact; 主动公开 when none does."""
    aspects = next((section.aspects for section in material.form.sections if section.id.value == "overview"), ())
    best, chosen, current = 1, aspects[0].id if aspects else "", ""
    for block in last_blocks(material.previous, "overview"):
        current = next(
            (aspect.id for aspect in aspects if any(label in block.text[:20] for label in (aspect.label, *aspect.synonyms))), current
        )
        if current and (shared := shared_words(fact.what + fact.name, block.text)) > best:
            best, chosen = shared, current
    return chosen


def _contradicts_tables(fact: Fact, material: Material) -> bool:
    """Whether the words of a given fact are those of a table figure that has another value: told plainly, it would be read as that figure."""
    known = material.book.by_name
    meant = [known[standard.name] for standard in standard_facts() if standard.name in known and speaks_of(standard, fact.what + MARK)]
    return bool(meant) and fact.value not in {other.value for other in meant}


def _plain_statement(fact: Fact) -> str:
    what = re.sub(r"(?:的)?(?:数量|总数|次数|件数|条数|数)$", "", fact.what.removesuffix(fact.unit))
    return f"{slot('本年')}{what}{slot(fact.name)}"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！")) else text.rstrip("；，,;.") + "。"


def _problems(plan: SectionPlan, material: Material) -> tuple[DraftSentence, ...]:
    """What became of last year's problems, this year's problems, what will be done: all in the clerk's words. Last year's text is shown, never copied."""
    shown = [
        DraftSentence(
            section="problems",
            block="problems.1",
            text="",
            colour="gone",
            last_text=block.text[start:end],
            last_block=block.id,
            reason="上年的改进打算，本年应说明落实情况"
            if wording().promises.search(block.text[start:end])
            else "上年的问题，不得照抄；本年应写明整改情况和新的问题",
        )
        for block in last_blocks(material.previous, "problems")
        for start, end in sentence_spans(block.text)
    ]
    told, said = material.answers, material.book.answered
    became = [(became_of(problem, one.text), said(one.key)) for problem in plan.promises for one in about("problem", told, problem)[:1]]
    problems = [(headed("problems", _ended(one.text)), said(one.key)) for one in about("problems", told)]
    measures = [(headed("measures", _ended(one.text)), said(one.key)) for one in about("measures", told)]
    made = [
        _made("problems", f"problems.{number}", template, material, reason)
        for number, group in enumerate((became, problems, measures), 1)
        for template, reason in group
    ]
    return (*shown, *made)


def _signature(material: Material) -> tuple[DraftSentence, ...]:
    dated = about("signature", material.answers)
    sentences: list[DraftSentence] = []
    for block in last_blocks(material.previous, "signature"):
        has_date = bool(re.search(r"\d{4}\s*年|月\s*\d*\s*日|[〇零一二三四五六七八九]{4}年", block.text))
        if not has_date:
            sentences.append(
                DraftSentence(
                    section="signature",
                    block=block.id,
                    text=block.text,
                    template=block.text,
                    reason="沿用上年落款单位",
                    last_text=block.text,
                    last_block=block.id,
                )
            )
        elif not dated:
            sentences.append(
                DraftSentence(
                    section="signature",
                    block=block.id,
                    text="",
                    colour="gone",
                    reason="落款日期待定，请填写",
                    last_text=block.text,
                    last_block=block.id,
                    missing=("落款日期",),
                )
            )
    if not sentences and material.this.unit:
        sentences.append(_made("signature", "signature.1", material.this.unit, material, "落款单位"))
    sentences.extend(_made("signature", "signature.date", one.text, material, material.book.answered(one.key)) for one in dated[:1])
    return tuple(sentences)


def _aspect_labels(material: Material, aspect: str) -> tuple[str, ...]:
    for section in material.form.sections:
        for known in section.aspects:
            if aspect and aspect in (known.id, known.label):
                return (known.label, *known.synonyms)
    return (aspect,) if aspect else ()


def _insert(sentences: list[DraftSentence], sentence: DraftSentence, labels: tuple[str, ...]) -> None:
    """Puts a new sentence at the end of the aspect it belongs to, or at the end of the section."""
    replaced = next((i for i, other in enumerate(sentences) if other.colour == "gone" and "信息处理费" in other.reason), None)
    if sentence.section == "other" and replaced is not None and "信息处理费" in sentence.template:
        sentences.insert(replaced + 1, sentence.model_copy(update={"block": sentences[replaced].block}))
        return
    place, block = len(sentences), sentences[-1].block if sentences else f"{sentence.section}.1"
    heads = [i for i, other in enumerate(sentences) if any(label in other.last_text[:20] for label in labels)]
    if labels and heads:
        place = next(
            (i for i in range(heads[0] + 1, len(sentences)) if re.match(r"[（(][一二三四五六七八九十][)）]", sentences[i].last_text)),
            len(sentences),
        )
        block = sentences[place - 1].block
    if place > 0 and _HEADING.match(sentences[place - 1].text) and not sentences[place - 1].text.endswith("。"):
        block = sentences[place - 1].block + "+"
    sentences.insert(place, sentence.model_copy(update={"block": block}))
