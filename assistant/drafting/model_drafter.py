"""The drafter that asks a model for prose and lets it write no digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.domain.draft import DraftSentence, SectionDraft, SectionPlan
from assistant.domain.finding import Finding, Span
from assistant.domain.model_port import ChatModel, ModelRequest, ModelTrouble
from assistant.drafting.enumerations import renumbered
from assistant.drafting.finding_texts import grounding_finding
from assistant.drafting.gateway import trouble
from assistant.drafting.guard import Objection, objections
from assistant.drafting.masking import Masked
from assistant.drafting.matching import coverage
from assistant.drafting.offline import OfflineDrafter
from assistant.drafting.planning import MODEL_SECTIONS, Material
from assistant.drafting.prompts import load_prompt
from assistant.drafting.reply import Reply, ReplySentence, parse_reply
from assistant.drafting.request import Asked, fact_lines, section_request, source_ids
from assistant.drafting.slots import SLOT, fill, slot_names
from assistant.drafting.standing import standing_sentences

_SIMILAR = 0.35
_HEADING = re.compile(r"^[（(][一二三四五六七八九十]+[)）][^，；]{2,20}。$")


@dataclass(frozen=True)
class _Candidate:
    """A sentence of the reply with its paragraph and the objections to it."""

    paragraph: int
    sentence: ReplySentence
    against: tuple[Objection, ...]


class ModelDrafter:
    """Drafts the narrative sections with a model and everything else offline.

    Every sentence passes the guard, or is asked for once more, or gives way to the rolled-forward sentence of last year. When the model cannot serve,
    the whole section is rolled forward and the draft says so. `on_text` and `stop` are handed to the model.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        on_text: Callable[[str], None] | None = None,
        stop: Callable[[], bool] | None = None,
        private_names: frozenset[str] = frozenset(),
    ) -> None:
        self._model = model
        self._on_text = on_text
        self._stop = stop
        self._private = private_names
        self._offline = OfflineDrafter()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def preview(self, plan: SectionPlan, material: Material) -> ModelRequest:
        """The prompt that would be sent."""
        return section_request(plan, material, self._private).request

    def draft(self, plan: SectionPlan, material: Material) -> SectionDraft:
        """See `Drafter.draft`. Never raises for trouble with the model."""
        if plan.section not in MODEL_SECTIONS:
            return self._offline.draft(plan, material)
        asked = section_request(plan, material, self._private)
        try:
            reply = self._reply(asked.request)
            candidates = self._judged(reply, asked)
            candidates = self._repaired(candidates, asked, plan, material)
        except ModelTrouble as failed:
            rolled = self._offline.draft(plan, material)
            return rolled.model_copy(update={"notice": f"{failed.message}{failed.hint}", "partial": failed.partial, "failed": True})
        return self._assembled(candidates, asked, plan, material)

    def _reply(self, request: ModelRequest) -> Reply:
        answer = self._model.complete(request, on_text=self._on_text, stop=self._stop)
        reply = parse_reply(answer.text)
        if reply is None:
            raise trouble("schema", partial=answer.text)
        return reply

    def _judged(self, reply: Reply, asked: Asked) -> list[_Candidate]:
        seen: set[str] = set()
        found = []
        for number, paragraph in enumerate(reply.paragraphs, 1):
            for sentence in paragraph.sentences:
                text = sentence.text.strip()
                if text in seen:
                    continue
                seen.add(text)
                tidy = ReplySentence(text=text, sources=sentence.sources)
                found.append(_Candidate(number, tidy, objections(text, sentence.sources, asked.offer)))
        return found

    def _repaired(self, candidates: list[_Candidate], asked: Asked, plan: SectionPlan, material: Material) -> list[_Candidate]:
        """One round: the rejected sentences go back with the reasons; trouble in this round leaves them rejected."""
        rejected = [candidate for candidate in candidates if candidate.against]
        if not rejected:
            return candidates
        lines = "\n".join(
            f"{asked.masker.mask(candidate.sentence.text).template}（未通过：{'；'.join(_said(candidate, asked))}）"
            for candidate in rejected
        )
        request = load_prompt("repair_sentences").render(facts=fact_lines(plan, material) or "（无）", rejected=lines)
        try:
            reply = self._reply(request)
        except ModelTrouble as failed:
            if failed.kind == "stopped":
                raise
            return candidates
        accepted = {candidate.sentence.text for candidate in candidates if not candidate.against}
        mended = iter(
            [sentence for paragraph in reply.paragraphs for sentence in paragraph.sentences if sentence.text.strip() not in accepted]
        )
        result = []
        for candidate in candidates:
            if candidate.against and (sentence := next(mended, None)) is not None:
                tidy = ReplySentence(text=sentence.text.strip(), sources=sentence.sources)
                candidate = replace(candidate, sentence=tidy, against=objections(tidy.text, tidy.sources, asked.offer))
            result.append(candidate)
        return result

    def _assembled(self, candidates: list[_Candidate], asked: Asked, plan: SectionPlan, material: Material) -> SectionDraft:
        rolled = list(self._offline.draft(plan, material).sentences)
        masked = Masked("", asked.masker.opaque)
        sentences: list[DraftSentence] = []
        findings: list[Finding] = []
        for candidate in candidates:
            block = f"{plan.section}.{candidate.paragraph}"
            if candidate.against:
                substitutes = _substitutes(candidate.sentence.text, rolled, sentences)
                findings += _rejections(candidate, block, replaced=bool(substitutes))
                sentences += [
                    sentence.model_copy(update={"block": block, "reason": f"模型的写法未通过核对，改用上年句式；{sentence.reason}"})
                    for sentence in substitutes
                ]
                continue
            sentences.append(_accepted(candidate, block, masked, plan, material))
        used = {name for sentence in sentences for name in sentence.facts}
        last = "\n".join(paragraph.text for paragraph in plan.last)
        block = sentences[-1].block if sentences else f"{plan.section}.1"
        for aspect, added in standing_sentences(plan.section, material.book, used, last):
            sentences.append(added.model_copy(update={"block": _aspect_block(sentences, aspect, material) or block}))
        if not any(sentence.text for sentence in sentences):
            empty = self._offline.draft(plan, material)
            return empty.model_copy(update={"notice": "模型的文字没有一句通过核对。", "findings": tuple(findings), "failed": True})
        ordered = tuple(sorted(sentences, key=lambda sentence: int(sentence.block.rsplit(".", 1)[1])))
        return SectionDraft(section=plan.section, sentences=renumbered(ordered, material), drafter=self.name, findings=tuple(findings))


def _said(candidate: _Candidate, asked: Asked) -> Iterable[str]:
    return (asked.masker.mask(objection.reason).template for objection in candidate.against)


def _accepted(candidate: _Candidate, block: str, masked: Masked, plan: SectionPlan, material: Material) -> DraftSentence:
    template = masked.restore(candidate.sentence.text)
    names = slot_names(template)
    sources = source_ids(plan, material, candidate.sentence.sources)
    uncited = not sources and not names
    is_heading = bool(_HEADING.match(template))
    return DraftSentence(
        section=plan.section,
        block=block,
        text=fill(template, material.book.by_name).text,
        template=template,
        colour="new",
        reason="小标题" if is_heading else "没有注明依据，请核实" if uncited else "模型起草，数字由程序填入",
        origin="model",
        facts=tuple(dict.fromkeys(names)),
        passages=sources,
        attention=uncited and not is_heading,
    )


def _rejections(candidate: _Candidate, block: str, *, replaced: bool) -> list[Finding]:
    """What was rejected, for the log of the draft: information only, for none of it stands in the text."""
    span = Span(section=block.split(".", maxsplit=1)[0], block=block, start=0, end=0, text=candidate.sentence.text[:120])
    ending = "已改用上年句式。" if replaced else "该句未写入草稿。"
    return [
        grounding_finding(objection.code, span).model_copy(
            update={"severity": "info", "title": "模型的句子未通过核对", "message": f"{objection.reason}；{ending}"}
        )
        for objection in candidate.against[:1]
    ]


def _substitutes(text: str, rolled: list[DraftSentence], taken: list[DraftSentence]) -> list[DraftSentence]:
    """The rolled-forward sentences that tell the same facts and are not used yet; where there is none, the one that says most nearly the same."""
    used = {sentence.last_text for sentence in taken if sentence.last_text}
    told = {name for sentence in taken for name in sentence.facts}
    free = [
        sentence
        for sentence in rolled
        if sentence.colour != "gone"
        and sentence.last_text not in used
        and not (_values(sentence.facts) and _values(sentence.facts) <= told)
    ]
    same = [sentence for sentence in free if _values(sentence.facts) & _values(slot_names(text)) - told]
    if same:
        return same
    bare = SLOT.sub("", text)
    likeness = {id(sentence): max(coverage(bare, sentence.template), coverage(SLOT.sub("", sentence.template), bare)) for sentence in free}
    best = max(free, key=lambda sentence: likeness[id(sentence)], default=None)
    return [best] if best and likeness[id(best)] > _SIMILAR else []


def _values(names: Iterable[str]) -> set[str]:
    return set(names) - {"本年", "上年", "下年"}


def _aspect_block(sentences: list[DraftSentence], aspect: str, material: Material) -> str:
    """The block of the paragraph about an aspect, found by its label."""
    for section in material.form.sections:
        for known in section.aspects:
            if known.id == aspect:
                labels = (known.label, *known.synonyms)
                return next((sentence.block for sentence in sentences if any(label in sentence.text[:24] for label in labels)), "")
    return ""
