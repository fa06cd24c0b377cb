"""Text changed outside a draft: its sentences with the facts bound to their numbers, so that they stay checked and can go stale."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant.domain.draft import DraftSentence, Origin
from assistant.domain.report import Block
from assistant.drafting.masking import Masker
from assistant.drafting.planning import Material
from assistant.drafting.slots import slot_names
from assistant.text.sentences import split_sentences

_SAME = 50.0


def rebound(
    section: str, blocks: tuple[Block, ...], known: tuple[DraftSentence, ...], material: Material, *, reason: str, origin: Origin
) -> tuple[DraftSentence, ...]:
    """The sentences of a part as its paragraphs read now, in order. Those of `known` whose words still stand keep all they had; the others are bound
    to the facts that their numbers state, and remember the sentence of last year that they came from. Sentences of `known` without text
    stay with the paragraph they were in."""
    told = [sentence for sentence in known if sentence.text]
    masker, kept = Masker(material), set[int]()
    placed: list[tuple[int, DraftSentence]] = []
    for number, block in enumerate(blocks):
        for stretch, old in _stretches(block.text, told, kept):
            if old is not None:
                placed.append((number, old.model_copy(update={"block": block.id})))
            else:
                placed += [
                    (number, _bound(section, block.id, sentence.text, masker, reason, origin)) for sentence in split_sentences(stretch)
                ]
    gone = [sentence for index, sentence in enumerate(told) if index not in kept]
    result = [_with_past(sentence, gone) if sentence.origin == origin and sentence not in told else sentence for _, sentence in placed]
    return _with_silent(result, known, {block.id: number for number, block in enumerate(blocks)})


def _stretches(text: str, told: list[DraftSentence], kept: set[int]) -> Iterator[tuple[str, DraftSentence | None]]:
    """The paragraph cut into known sentences, each used once, and what lies between them."""
    place = 0
    while place < len(text):
        found = [
            (at, -len(one.text), index) for index, one in enumerate(told) if index not in kept and (at := text.find(one.text, place)) >= 0
        ]
        if not found:
            break
        at, _, index = min(found)
        if text[place:at].strip():
            yield text[place:at], None
        kept.add(index)
        yield told[index].text, told[index]
        place = at + len(told[index].text)
    if text[place:].strip():
        yield text[place:], None


def _bound(section: str, block: str, text: str, masker: Masker, reason: str, origin: Origin) -> DraftSentence:
    masked = masker.mask(text)
    template = masked.restore(masked.template)
    return DraftSentence(
        section=section, block=block, text=text, template=template, colour="new", reason=reason, origin=origin, facts=slot_names(template)
    )


def _with_past(sentence: DraftSentence, gone: list[DraftSentence]) -> DraftSentence:
    """With last year's words and the sources of the sentence that it most resembles among those that were replaced."""
    best = max(gone, key=lambda one: fuzz.ratio(one.text, sentence.text), default=None)
    if best is None or fuzz.ratio(best.text, sentence.text) < _SAME:
        return sentence
    return sentence.model_copy(update={"last_text": best.last_text, "last_block": best.last_block, "passages": best.passages})


def _with_silent(sentences: list[DraftSentence], known: tuple[DraftSentence, ...], numbers: dict[str, int]) -> tuple[DraftSentence, ...]:
    """The sentences without text put back behind those of their paragraph."""
    result = list(sentences)
    for silent in (sentence for sentence in known if not sentence.text):
        own = numbers.get(silent.block, 0)
        place = next((index for index, one in enumerate(result) if numbers.get(one.block, 0) > own), len(result))
        result.insert(place, silent)
    return tuple(result)
