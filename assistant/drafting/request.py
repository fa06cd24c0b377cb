"""The prompt of a section: facts by name, last year's text without numbers, answers and passages as data."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from assistant.data_files import load_data
from assistant.domain.draft import SectionPlan
from assistant.domain.facts import Fact
from assistant.domain.model_port import ModelRequest
from assistant.domain.report import Block
from assistant.drafting.answers import Filed
from assistant.drafting.guard import Offer
from assistant.drafting.masking import Masker, without_numbers
from assistant.drafting.offline import roll_block
from assistant.drafting.personal import without_personal_data
from assistant.drafting.planning import Material
from assistant.drafting.prompts import load_prompt

_DIRECTIONS = {"up": "增加", "down": "减少", "same": "持平"}
_NOTHING = "（无）"
_MAX_FACTS = 90
_MAX_PASSAGE = 600


@dataclass(frozen=True)
class Asked:
    """A request, what it offers, and the means to put the opaque slots back."""

    request: ModelRequest
    offer: Offer
    masker: Masker


@cache
def requirements() -> dict[str, str]:
    """What each narrative part has to say."""
    return load_data("assistant.drafting", "data/sections.yaml", TypeAdapter(dict[str, str]))


_MADE: deque[tuple[Material, SectionPlan, frozenset[str], Asked]] = deque(maxlen=12)


def section_request(plan: SectionPlan, material: Material, names: frozenset[str] = frozenset()) -> Asked:
    """The request for a section exactly as it would be sent. `names` are words that must not leave the machine (applicants of the register).
    Made once for the same material, so that a request looked at or made ready beforehand is sent at once."""
    for known, planned, private, asked in tuple(_MADE):
        if known is material and planned == plan and private == names:
            return asked
    asked = _section_request(plan, material, names)
    _MADE.append((material, plan, names, asked))
    return asked


def _section_request(plan: SectionPlan, material: Material, names: frozenset[str]) -> Asked:
    masker = Masker(material)
    last, last_ids = _last_year(plan, material, masker)
    answers = {f"A{number}": f"{_subject(one, material)}：{one.text}" for number, one in enumerate(material.answers, 1)}
    passages = {f"P{number}": passage for number, passage in enumerate(plan.passages, 1)}
    said_answers = "\n".join(
        f"[A{number}] {without_numbers(_subject(one, material))}：{masker.mask(one.text).template}"
        for number, one in enumerate(material.answers, 1)
    )
    said_passages = "\n".join(
        f"[{name}] {without_numbers(f'《{passage.document}》{passage.article}：{passage.text[:_MAX_PASSAGE]}')}"
        for name, passage in passages.items()
    )
    promises = "\n".join(map(without_numbers, plan.promises))
    book = masker.book()
    values = {
        "unit": plan.unit or _NOTHING,
        "year_name": "{{本年}}",
        "heading": without_numbers((plan.heading or plan.section).split("、", 1)[-1]),
        "requirement": requirements().get(plan.section, _NOTHING),
        "aspects": "、".join(plan.aspects) or _NOTHING,
        "facts": fact_lines(plan, material) or _NOTHING,
        "last_year": last or _NOTHING,
        "promises": promises or _NOTHING,
        "answers": said_answers or _NOTHING,
        "passages": said_passages or _NOTHING,
    }
    safe = {name: without_personal_data(text, names) for name, text in values.items()}
    examples = [given.template for given in material.book.unmatched]
    quotable = "\n".join(
        [*(block.text for block in plan.last), *answers.values(), *examples, *(p.document + p.text for p in plan.passages), plan.unit or ""]
    )
    offer = Offer(
        facts=book.by_name,
        sources=frozenset({"F", *last_ids, *answers, *passages}),
        quotable=quotable,
        this=material.this,
        section=plan.section,
        quotes=masker.contexts,
    )
    return Asked(load_prompt("draft_section").render(**safe), offer, masker)


def _subject(answer: Filed, material: Material) -> str:
    """What an answer is about, in words."""
    return f"{material.form.names[answer.subject]}变化较大的原因" if answer.topic == "change" else answer.key


def _last_year(plan: SectionPlan, material: Material, masker: Masker) -> tuple[str, set[str]]:
    """Last year's paragraphs as far as they can still be said, without any number."""
    lines, ids = [], set()
    for number, paragraph in enumerate(plan.last, 1):
        if plan.section == "problems":
            text = without_numbers(paragraph.text)
        else:
            rolled = roll_block(plan.section, Block(id=paragraph.block, text=paragraph.text), material)
            text = masker.mask("".join(sentence.template for sentence in rolled if sentence.colour != "gone")).template
        if text:
            ids.add(f"L{number}")
            lines.append(f"[L{number}] {text}")
    return "\n".join(lines), ids


def fact_lines(plan: SectionPlan, material: Material) -> str:
    """The facts that belong to a section: name, meaning, unit, direction; never a value. What is zero and was not told last year is left out."""
    told = {asked.name for asked in material.asked.asked}
    wanted = {name for name in plan.fact_names if plan.section != "problems" or material.book.by_name[name].binding == "given"}
    facts = [fact for fact in material.book.facts if fact.name in ("本年", "上年", "下年")]
    facts += [fact for fact in material.book.facts if fact.name in wanted and (fact.value != 0 or fact.name in told)]
    examples = {given.name: without_numbers(given.template) for given in material.book.unmatched if given.template}
    return "\n".join(fact_line(fact, examples.get(fact.name, "")) for fact in facts[:_MAX_FACTS])


def fact_line(fact: Fact, example: str = "") -> str:
    """`name｜meaning｜unit｜direction`; `example` is a sentence of the clerk's own that tells the fact."""
    direction = _DIRECTIONS.get(fact.direction or "", "—")
    zero = "，本年为零" if fact.value == 0 else ""
    told = f"（填报人的例句：{example}）" if example else ""
    return f"{fact.name}｜{fact.what}{zero}{told}｜{fact.unit or '—'}｜{direction}"


def source_ids(plan: SectionPlan, material: Material, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The ids used inside a prompt as the ids that are kept: `last:overview.2`, `answer:…`, passage ids."""
    kept = []
    for source in sources:
        kind, number = source[:1], source[1:]
        place = int(number) - 1 if number.isdigit() else -1
        if kind == "L" and 0 <= place < len(plan.last):
            kept.append(f"last:{plan.last[place].block}")
        elif kind == "A" and 0 <= place < len(material.book.answers):
            kept.append(f"answer:{material.book.answers[place][0]}")
        elif kind == "P" and 0 <= place < len(plan.passages):
            kept.append(plan.passages[place].id)
    return tuple(dict.fromkeys(kept))
