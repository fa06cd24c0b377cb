"""An answer without a model: the sentences of the best passages that speak to the question, and the facts an answer must contain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.domain.passage import Passage, Scored
from assistant.qa.result import AnswerSentence, sentence
from assistant.retrieval.labels import to_chinese
from assistant.retrieval.tokens import counts
from assistant.text.sentences import split_sentences

CLOSE = 0.55  # a passage scoring this share of the best one also answers
LEADS = 5
WHOLE = 400  # characters up to which a passage is given as a whole
_FOLLOWER = 180  # the same for the passages behind the first
_PIECES = 5
_FACTS = 8  # facts stated at most
_ADDED = 0.4  # a sentence of our digest with a smaller share of its tokens in the official wording adds to it
_COVERED = 0.8  # share of a fact's tokens that the shown text must have for the fact to count as said


def leads(found: Sequence[Scored]) -> tuple[Passage, ...]:
    """The passages that the answer is taken from: the best and those close to it."""
    if not found:
        return ()
    return tuple(one.passage for one in found[:LEADS] if one.score >= CLOSE * found[0].score)


def sentences(passages: Sequence[Passage], wanted: Mapping[str, float], items: tuple[int, ...] = ()) -> tuple[AnswerSentence, ...]:
    """The sentences of the passages for a question given as token weights. `items` are the 项 that were asked for by number."""
    found: list[AnswerSentence] = []
    for place, passage in enumerate(passages):
        pieces = _pieces(passage, wanted, items if place == 0 else (), whole=place == 0)
        found += (sentence(f"{_heading(passage)}{piece}" if first == 0 else piece, passage) for first, piece in enumerate(pieces))
        facts = _unsaid(passage, "".join(pieces), wanted, exact=place == 0)
        if facts:
            found.append(sentence(f"要点：{'；'.join(facts)}。", passage))
        if place == 0 and (notes := _notes(passage)):
            found.append(AnswerSentence(text=f"本程序的说明，不是原文：{notes}", passages=(passage.id,)))
    return tuple({one.text: one for one in found}.values())


def _notes(passage: Passage) -> str:
    """What our digest adds to the official wording, such as what an article does not require; nothing while there is no official wording."""
    if not passage.official:
        return ""
    official = counts((passage.official,))
    own = {one.text: counts((one.text,)) for one in split_sentences(passage.text)}
    return "".join(text for text, tokens in own.items() if sum(token in official for token in tokens) < _ADDED * len(tokens))


def _heading(passage: Passage) -> str:
    """Where the sentences that follow stand: `第三十三条（答复期限和延期）：`."""
    return f"{passage.label}（{passage.topic}）：" if passage.topic else f"{passage.label}："


def _pieces(passage: Passage, wanted: Mapping[str, float], items: tuple[int, ...], whole: bool) -> tuple[str, ...]:
    text = passage.quotable
    if items:
        pieces = [piece.text for piece in split_sentences(text, semicolons=True)]
        asked = [next((piece for piece in pieces if re.search(rf"^(?:.*：)?[（(]{to_chinese(item)}[)）]", piece)), "") for item in items]
        if all(asked):
            return tuple(asked)
    if len(text) <= (WHOLE if whole else _FOLLOWER):
        return tuple(one.text for one in split_sentences(text))
    parts = [one.text for one in split_sentences(text, semicolons=True)]
    value = {place: _value(part, wanted) for place, part in enumerate(parts)}
    best = sorted(value, key=lambda place: (-value[place], place))[: _PIECES if whole else 2]
    return tuple(parts[place] for place in sorted(best))


def _value(part: str, wanted: Mapping[str, float]) -> float:
    """How much of the question a piece of text speaks to; long pieces are not favoured for their length alone."""
    found = counts((part,))
    return sum(weight for token, weight in wanted.items() if token in found) / float((20 + len(part)) ** 0.5)


def _unsaid(passage: Passage, said: str, wanted: Mapping[str, float], exact: bool) -> tuple[str, ...]:
    """The facts of the passage that the shown text does not already contain: for the best passage in so many words, since a digest
    may say 不公开 where the rule says 不予公开; for those behind it by and large. Of many facts those that speak to the question."""
    shown, bare = counts((said,)), _bare(said)
    missing = [
        fact
        for fact in passage.facts
        if _bare(fact) not in bare and (exact or sum(token in shown for token in counts((fact,))) < _COVERED * len(counts((fact,))))
    ]
    best = sorted(missing, key=lambda fact: -_value(fact, wanted))[:_FACTS]
    return tuple(fact for fact in missing if fact in best)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
