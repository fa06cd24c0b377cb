"""How much of a section repeats another text: symmetric, per sentence, from 0 to 1."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.expressions import regex
from assistant.text.normalise import squeeze
from assistant.text.numerals import lex
from assistant.text.sentences import Sentence, split_sentences

COPIED = 0.9
_ALIKE = 60.0
_SHORT = 6
LeftOut = Literal["", "boilerplate", "nothing", "short"]


class _Patterns(Frozen):
    boilerplate: tuple[str, ...]
    nothing_to_report: tuple[str, ...]


class SentenceMatch(NamedTuple):
    """A sentence of this text and the sentence of the other text most like it (figures disregarded). `ratio` is 0 where none is alike;
    `copied` from 0.9 on. `left_out` tells why a sentence does not count: boilerplate, nothing to report, too short."""

    sentence: Sentence
    ratio: float
    other: Sentence | None
    copied: bool
    left_out: LeftOut = ""


class Repetition(NamedTuple):
    """`score` is the share of both texts that repeats the other, weighted by length: 1 for identical texts, the same in both directions."""

    score: float
    matches: tuple[SentenceMatch, ...]

    @property
    def copied(self) -> tuple[SentenceMatch, ...]:
        """The sentences of this text that count and stand in the other text too."""
        return tuple(match for match in self.matches if match.copied and not match.left_out)


@lru_cache(maxsize=64)
def repetition(this: str, other: str) -> Repetition:
    """How far `this` repeats `other`. Figures and years are folded first, so a text with only its figures changed is a full repetition;
    boilerplate and statements that nothing happened are left out of the measure unless nothing else is there."""
    mine, theirs = split_sentences(this, True), split_sentences(other, True)
    counted, others = _counted(mine), _counted(theirs)
    best = _best(mine, theirs)
    back = _best(theirs, mine)
    matches = tuple(_match(sentence, best[index], theirs) for index, sentence in enumerate(mine))
    if squeeze(this) == squeeze(other):
        return Repetition(1.0 if squeeze(this) else 0.0, matches)
    if not counted or not others:
        return Repetition(0.0, matches)
    forward = sum(len(bare(mine[i].text)) * best[i][0] for i in counted)
    backward = sum(len(bare(theirs[i].text)) * back[i][0] for i in others)
    weight = sum(len(bare(mine[i].text)) for i in counted) + sum(len(bare(theirs[i].text)) for i in others)
    return Repetition((forward + backward) / weight, matches)


def _match(sentence: Sentence, best: tuple[float, int], theirs: tuple[Sentence, ...]) -> SentenceMatch:
    ratio, place = best
    return SentenceMatch(sentence, ratio, theirs[place] if place >= 0 else None, ratio >= COPIED, left_out(sentence.text))


def _counted(sentences: tuple[Sentence, ...]) -> list[int]:
    return [i for i, sentence in enumerate(sentences) if not left_out(sentence.text)]


def _best(mine: tuple[Sentence, ...], theirs: tuple[Sentence, ...]) -> list[tuple[float, int]]:
    from rapidfuzz import fuzz, process

    choices = [bare(sentence.text) for sentence in theirs]
    places = {text: index for index, text in reversed(list(enumerate(choices)))}
    found: list[tuple[float, int]] = []
    for sentence in mine:
        text = bare(sentence.text)
        if text in places:
            found.append((1.0, places[text]))
            continue
        hit = process.extractOne(text, choices, scorer=fuzz.ratio, score_cutoff=_ALIKE) if text else None
        found.append((hit[1] / 100, hit[2]) if hit else (0.0, -1))
    return found


@lru_cache(maxsize=4096)
def bare(sentence: str) -> str:
    """A sentence with its figures folded to `#`, list numbers, spaces and punctuation at its ends removed: what is compared."""
    out, place = [], 0
    for numeral in lex(sentence):
        if numeral.kind == "idiom":
            continue
        out.append(sentence[place : numeral.start])
        if numeral.kind != "list":
            out.append("#")
        place = numeral.number_end or numeral.end
    out.append(sentence[place:])
    return squeeze("".join(out)).strip("。;,、:!?.")


@lru_cache(maxsize=4096)
def left_out(sentence: str) -> LeftOut:
    """Why a sentence does not count towards repetition, or an empty string."""
    text = squeeze(sentence).strip("。;,")
    if len(bare(sentence)) < _SHORT:
        return "short"
    boilerplate, nothing = _patterns()
    if boilerplate.search(text):
        return "boilerplate"
    numbers = [n for n in lex(sentence) if n.kind == "count" and n.unit]
    if nothing.search(text) or (numbers and all(n.value == 0 for n in numbers)):
        return "nothing"
    return ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_data("assistant.text", "data/boilerplate.yaml", _Patterns)
    return regex("|".join(f"(?:{p})" for p in data.boilerplate)), regex("|".join(f"(?:{p})" for p in data.nothing_to_report))
