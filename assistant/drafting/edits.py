"""Edit operations on one paragraph: always a proposal with a redline, never applied by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.domain.draft import Proposal
from assistant.domain.model_port import ChatModel, ModelRequest, ModelTrouble
from assistant.drafting.gateway import trouble
from assistant.drafting.grounding import ground_text
from assistant.drafting.guard import Offer, objections
from assistant.drafting.masking import Masker, without_numbers
from assistant.drafting.matching import coverage
from assistant.drafting.personal import without_personal_data
from assistant.drafting.planning import Material, plan_section
from assistant.drafting.prompts import load_prompt
from assistant.drafting.reply import parse_reply
from assistant.drafting.request import fact_line, fact_lines
from assistant.drafting.slots import fill, slot_names
from assistant.text.redline import redline

_NOTHING = "（无）"
UNCHANGED = "模型的改法没有通过数字核对，原文未动。"


class Operation(Frozen):
    """`label` as shown; `keep` says which slots of the paragraph the result must hold, `adds` whether facts may be added."""

    label: str
    keep: Literal["all", "some"]
    adds: bool = False


@cache
def operations() -> dict[str, Operation]:
    """All operations by name."""
    return load_data("assistant.drafting", "data/operations.yaml", TypeAdapter(dict[str, Operation]))


def propose(
    operation: str,
    paragraph: str,
    material: Material,
    model: ChatModel,
    *,
    section: str,
    block: str,
    instruction: str = "",
    private_names: frozenset[str] = frozenset(),
    on_text: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Proposal:
    """A new text for `paragraph`. Its numbers are taken out before the model sees it and put back by code; a reply that loses, adds or exchanges a
    number is asked for once more and then given up: the proposal equals the old text and `notice` says so. Raises `ModelTrouble`."""
    request, offer, masker, template = _request(operation, paragraph, material, section, instruction, private_names)
    new, reasons = _answer(model, request, operation, template, offer, on_text, stop)
    if reasons:
        again = load_prompt("repair_sentences").render(
            facts=_facts(operation, section, paragraph, template, material, masker),
            rejected=masker.mask(f"{new or template}（未通过：{'；'.join(reasons)}）").template,
        )
        new, reasons = _answer(model, again, operation, template, offer, on_text, stop)
    if reasons or new is None:
        return Proposal(
            operation=operation,
            block=block,
            old=paragraph,
            new=paragraph,
            redline=(("keep", paragraph),),
            notice=f"{UNCHANGED}（{'；'.join(reasons)}）",
        )
    text = fill(new, masker.book().by_name).text
    return Proposal(
        operation=operation,
        block=block,
        old=paragraph,
        new=text,
        redline=tuple(("moved_away" if op.moved and op.op == "delete" else op.op, op.text) for op in redline(paragraph, text)),
        findings=ground_text(text, section, block, material),
    )


def preview(
    operation: str, paragraph: str, material: Material, *, section: str, instruction: str = "", private_names: frozenset[str] = frozenset()
) -> ModelRequest:
    """The prompt that would be sent."""
    return _request(operation, paragraph, material, section, instruction, private_names)[0]


def _request(
    operation: str, paragraph: str, material: Material, section: str, instruction: str, names: frozenset[str]
) -> tuple[ModelRequest, Offer, Masker, str]:
    prompt, masker = load_prompt("edit_paragraph"), Masker(material)
    template = masker.mask(paragraph).template
    plan = plan_section(section, material)
    last = max((without_numbers(part.text) for part in plan.last), key=lambda text: coverage(paragraph, text), default="")
    values = {
        "task": prompt.task(operation),
        "instruction": masker.mask(instruction).template or _NOTHING,
        "paragraph": template,
        "facts": _facts(operation, section, paragraph, template, material, masker),
        "last_year": last or _NOTHING,
    }
    request = prompt.render(**{name: without_personal_data(text, names) for name, text in values.items()})
    offer = Offer(
        facts=masker.book().by_name,
        sources=frozenset({"F"}),
        quotable="\n".join(
            [paragraph, material.this.unit or "", *(part.text for part in plan.last), *(text for _, text in material.book.answers)]
        ),
        this=material.this,
        section=section,
        quotes=masker.contexts,
    )
    return request, offer, masker, template


def _told_elsewhere(section: str, paragraph: str, material: Material) -> set[str]:
    """The facts that the other paragraphs of the section tell already: told twice they would read as a slip."""
    others = (block.text for name, block in material.this.blocks() if name == section and block.text != paragraph)
    return {name for text in others for name in slot_names(Masker(material).mask(text).template)} - {"本年", "上年", "下年"}


def _facts(operation: str, section: str, paragraph: str, template: str, material: Material, masker: Masker) -> str:
    """The facts of the paragraph; where the operation may add some, also those of the section that no other paragraph tells."""
    used = dict.fromkeys(slot_names(template))
    opaque = dict(masker.opaque)
    lines = [fact_line(fact) for name, fact in material.book.by_name.items() if name in used]
    lines += [f"{name}｜原文中的内容，原样保留｜—｜—" for name in used if name in opaque]
    if operations()[operation].adds:
        elsewhere = _told_elsewhere(section, paragraph, material)
        offered = fact_lines(plan_section(section, material), material).splitlines()
        lines += [line for line in offered if line not in lines and line.split("｜", 1)[0] not in elsewhere]
    return "\n".join(lines) or _NOTHING


def _answer(
    model: ChatModel,
    request: ModelRequest,
    operation: str,
    template: str,
    offer: Offer,
    on_text: Callable[[str], None] | None,
    stop: Callable[[], bool] | None,
) -> tuple[str | None, tuple[str, ...]]:
    """The new template and what stands against it."""
    reply = parse_reply(model.complete(request, on_text=on_text, stop=stop).text)
    if reply is None:
        raise trouble("schema")
    sentences = [sentence for paragraph in reply.paragraphs for sentence in paragraph.sentences]
    known = {part.strip() for part in template.split("。")}
    against = [
        objection.reason
        for sentence in sentences
        if sentence.text.strip().rstrip("。") not in known
        for objection in objections(sentence.text.strip(), (), offer)
    ]
    new = "".join(sentence.text.strip() for sentence in sentences)
    before, after = Counter(slot_names(template)), Counter(slot_names(new))
    if operations()[operation].keep == "all" and before - after:
        against.append(f"丢了数字：{'、'.join(before - after)}")
    if operation == "continue" and not new.startswith(template):
        against.append("改动了原有的句子")
    if not new:
        raise ModelTrouble("empty", "模型没有给出任何内容。", "请重试，或换用其他模型。")
    return new, tuple(dict.fromkeys(against))
