"""Which measure the words around a number name."""

from __future__ import annotations

from functools import lru_cache

from assistant.checks.claims.lexicon import Lexicon, Measure, lexicon
from assistant.checks.claims.subject import Subject, canonical, subject_of
from assistant.checks.claims.wording import wording
from assistant.expressions import regex
from assistant.text.claims import Mention
from assistant.text.normalise import squeeze

_REMAINDER = regex(r"^(?:其余|余下|剩余|剩下|另外|余)(?:的)?$")
TOTALS = frozenset({"received", "received_new", "processed", "handled", "applications"})
_NAMES = frozenset({"reconsideration", "litigation", "direct", "after_reconsideration", "applications"})
_CASES = regex(r"的(?:政府信息公开|信息公开)?(?:类|方面的?)?(?:行政)?(?:复议|诉讼|应诉)(?:案件|申请)?$")
_THEN = regex(
    r"(?:的)?(?:答复|告知|决定|处理|公开)?(?:之)?后,?(?:又|再|仍|即)*(?:被|引发|引起|提起|申请|起诉)"
)  # only those to which this happened
_RESULT = regex(r"(?<!不)(?<!未)(?:予以|部分)公开|不予公开|无法提供|不予处理|其他处理")
_NUMERAL = regex(r"[0-9一二三四五六七八九十百千万两]")


def measure_of(label: str) -> Measure | None:
    """The measure of applications that a label names on its own: `自然人申请`, `不予公开`."""
    words = lexicon()
    found = (m for m in words.among(label) if {"applications", "any"} & set(m.domain) and not m.lead)
    return next((m for m in found if words.left(m).search(label)), None)


@lru_cache(maxsize=1024)
def measure_told(phrase: str, year: int | None, said: str = "") -> tuple[Measure, str | None] | None:
    """The measure, with its domain, that a phrase names in full: `新收政府信息公开申请`, `不予处理的申请`. `said`: the words before in the sentence,
    which tell of what a phrase without a subject speaks (行政复议3件，没有未审结案件)."""
    words, phrase = lexicon(), canonical(squeeze(phrase), year)
    subject = subject_of(words, phrase, "", canonical(squeeze(said), year))
    for measure in words.among(phrase):
        if measure.loose or measure.lead or measure.after or not subject.suits(measure):
            continue
        match = words.left(measure).search(_CASES.sub("", phrase))
        if match and wording("plainly").fullmatch(words.domain.sub("", phrase[: match.start()])):
            return measure, subject.holds
    return None


def measure_here(
    words: Lexicon, mention: Mention, bare: str, left: str, right: str, lead: str, subject: Subject, year: int | None
) -> Measure | None:
    """The measure that the words around a mention name: `left`, `right` and `lead` in canonical words, `bare` the left without last year's marks."""
    return _named(words, mention.numeral.unit, bare, left, right, lead, canonical(mention.tail, year), subject, _touches(mention))


@lru_cache(maxsize=4096)
def _named(
    words: Lexicon, unit: str, bare: str, left: str, right: str, lead: str, tail: str, subject: Subject, touches: bool
) -> Measure | None:
    """The measure that the words around a number name; `touches` when the tail runs up to the next number."""
    by_right: Measure | None = None
    for measure in words.among(left + right + tail):
        if (unit and unit not in measure.units and not _item(words, unit, measure, left + right)) or not subject.suits(measure):
            continue
        if measure.vague and subject.holds != "applications" and not words.results.search(lead + left + right + tail):
            continue
        before, behind = words.lead(measure), words.after(measure)
        if (before is not None and not before.search(lead)) or (behind is not None and not behind.search(right + tail)):
            continue
        found = words.left(measure).search(left) or (words.left(measure).search(bare) if bare != left else None)
        if found:
            if by_right is not None and measure.id in _NAMES:
                return by_right  # 行政诉讼20件未审结: what is said of the named
            if measure.id in TOTALS and _RESULT.search(left):
                return None  # 因无法提供而答复的申请1件: of one result, in words that its row does not know
            if _last_of_several(left, found.start()):
                continue
            return measure
        after = words.right(measure)
        if _REMAINDER.match(left) and (measure.id in TOTALS or tail.startswith("(")):
            continue
        match = after.search(right + tail if measure.across and not touches else right) if after is not None else None
        beyond = (right + tail)[match.end() :] if match else ""
        if by_right is None and match and not wording("and_more").match(beyond) and not _THEN.match(beyond):
            by_right = measure
    return by_right


def _last_of_several(left: str, start: int) -> bool:
    """Whether what names the measure is but the last of several things that the number counts together: 咨询和行政许可决定合计."""
    joint = start > 1 and wording("joint").match(left, start - 1)
    return bool(joint and wording("summed").search(left))


def _item(words: Lexicon, unit: str, measure: Measure, phrase: str) -> bool:
    """Whether applications are counted by the measure word of messages: 收到政府信息公开申请3条."""
    return unit == "条" and measure.id in TOTALS and any(name == "applications" for name, _ in words.domains(phrase))


def _touches(mention: Mention) -> bool:
    """Whether the words behind run up to the next number, to which they may belong: 办结75件，结转下年度2件."""
    behind = squeeze(mention.sentence.text[mention.numeral.end - mention.sentence.start :])
    return bool(_NUMERAL.match(behind[len(mention.right) + len(mention.tail) :]))
