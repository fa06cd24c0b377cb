"""Binding the numbers of the narrative to cells: what each number speaks of, and whether the tables agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.checks.claims.distribution import name_dealt, names_of_each
from assistant.checks.claims.lexicon import DISPUTES, Lexicon, Measure, lexicon
from assistant.checks.claims.subject import Subject, canonical, foreign, other_unit, subject_of
from assistant.checks.claims.values import Valued, evaluate, expand, fits
from assistant.domain.report import Block, Report
from assistant.forms import load_form
from assistant.text.claims import Mention, Prose, read_prose
from assistant.text.normalise import squeeze

Period = Literal["this", "last", "either"]
Verdict = Literal["fits", "differs", "unknown"]
PARTS = ("overview", "disclosure", "applications", "disputes", "problems", "other")
_INHERITS = re.compile(
    r"(?:本年度?|变为|增至|增加到|增加至|增长到|增长至|上升到|上升至|升至|降至|下降到|下降至|减少到|减少至|降为|变成|提高到|提高至|同期为|同期|为|是|的|较|比|相比|由|从|有|,)*$"
)
_LED_BY = re.compile(r"(?:由|从|较|比|与)(?:的)?$")
_REMAINDER = re.compile(r"^(?:其余|余下|剩余|剩下|另外|余)(?:的)?$")
_CHANGE = re.compile(r"(?:增加|增长|减少|下降|上升|多|少|净增|回落|降低)(?:了|约|近)?$")
_INCLUDING = re.compile(r"^[,(]*(?:其中)?(?:包括|包含|含)(?:了)?(?:上年|上一年|去年|往年|年初)?.{0,6}结转")
_EXCLUDING = re.compile(r"^[,(]*(?:不含|不包括|不包含|不计)(?:上年|上一年|去年|往年|年初)?.{0,6}结转")
_AMONG = re.compile(r"(?:[件宗起](?:政府信息公开|依申请公开)?(?:申请|案件)?|申请)[中里],$")
_KIND = re.compile(r"^(?!(?:政府|信息|公开|依申请|申请|有关|相关|各类))[\u4e00-\u9fff]{1,6}?(?:信息公开)?申请")  # 承办的2件疑难申请
_TOTALS = frozenset({"received", "received_new", "processed", "handled", "applications"})
_APPLICANTS = frozenset({"persons", "organisations", "business", "research", "public_interest", "legal_service", "other_organisations"})
_STOCKS = frozenset({"received", "received_new", "received_all", "processed"})
_CARRIED = frozenset({"t3.carried_in.total", "t3.carried_out.total"})
_BOTH_GROUPS = re.compile(r"直接(?:起诉|提起)|复议后")
_TOPIC = re.compile(r"依申请公开|政府信息公开申请|申请公开")
_BROUGHT = re.compile(r"结转|转入|转来|转接|遗留|留存|接转|顺延|未办结|跨年")
_BROUGHT_THEN = re.compile(r"上年[^,;]{0,6}(?:结转|转入|转来|转接|遗留|留存|接转|顺延|未办结|跨年)")
_REACHED = re.compile(r"(?:本年度?|今年)?(?:达到|达|增至|降至|升至|减至|为|至)")
_COMPARED = re.compile(r"(?:^|[,;:])(?P<what>[^,;:]+?)(?:数量|总数|总量|量)?,?(?:同比|较|比|与|相比)(?:上年|去年|前一年)?[^;:。]*,$")
_DENIED_PLAINLY = re.compile(
    r"(?:发生|出现|产生|存在|涉及|收到|接到|收取|作出|引发|申请人|本机关|本单位|我[局市县区委]|属于|因|有|被|由|的)*"
)
_CASES = re.compile(r"的(?:政府信息公开|信息公开)?(?:类|方面的?)?(?:行政)?(?:复议|诉讼|应诉)(?:案件|申请)?$")
_SINGLE = frozenset(
    {"licensing", "licensing_bare", "penalty", "coercion", "granted", "partial", "denied", "unavailable", "rejected", "other_result"}
)
_TOGETHER = re.compile(
    r"(?:行政许可|行政处罚|行政强制|公开|提供|处理)(?:决定)?(?:、|和|与|及|以及|或)[^、和与及或]{2,12}(?:合计|共计|总计|一?共)(?:为|是|有|达)*$"
)
_AND_MORE = re.compile(r"(?:或者?|和|与|及|以及)(?:作|予以)?(?:部分|不予|其他|其它|无法)")
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十百千万两]")
_TOTALLED = re.compile(r"(?:一?共有?|共计|合计|总计|累计|计|总数|总量|数量|件数|为|是|有|达|达到)+$")
_PLAIN = re.compile(
    r"(?:其中|全年|本年度?|今年|当年|年内|目前|年[末底]|截至.{0,10}|全[市县区省州]|我[市县区省州局委]|一?共|已经?|均|全部|实际|按[期时]|及时|依法|另有?|还有|尚有|仍有|属于?|因|涉及|[、,和及与])*(?:行政)?"
)
_HEADING = re.compile(r"^[(（]?[一二三四五六七八九十]{1,2}[)）、.]")


@dataclass(frozen=True)
class Bound:
    """A number of the narrative bound to what it measures.

    `readings` are the admissible meanings with their values, `match` the index of the one that fits. `verdict` is `unknown` when no value is known.
    `why_loose` tells why a difference is only worth a note. `period` is the year the number speaks of, relative to the report.
    """

    part: str
    block: Block
    prose: Prose
    mention: Mention
    measure: Measure
    domain: str | None
    period: Period
    readings: tuple[Valued, ...]
    match: int | None
    verdict: Verdict
    why_loose: str = ""

    @property
    def quote(self) -> str:
        """The words around the number, as printed."""
        return self.block.text[max(self.mention.numeral.start - 24, self.mention.sentence.start) : self.mention.numeral.end]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the reading that fits, else of all readings."""
        if self.match is not None:
            return self.readings[self.match].cells
        return tuple(dict.fromkeys(cell for reading in self.readings for cell in reading.cells))


@dataclass
class _Paragraph:
    """What is carried along while a paragraph is read."""

    part: str
    block: Block
    prose: Prose
    topic: str | None
    year: int | None
    bound: dict[int, Bound] = field(default_factory=dict)

    def said(self, mention: Mention) -> str | None:
        """What the last bound number before speaks of, when it stands in this sentence or the one before."""
        last = next((bound for bound in reversed(self.bound.values()) if bound.mention.index < mention.index), None)
        if last is None or self.block.text[last.mention.sentence.end : mention.sentence.start].strip():
            return None
        return last.domain or ("applications" if last.cells[0].startswith("t3.") else None)


def bind(report: Report, previous: Report | None = None, year: int | None = None) -> tuple[Bound, ...]:
    """Every number of sections 一 to 六 that the lexicon can name, in reading order, compared with the tables of its year."""
    found: list[Bound] = []
    topic: str | None = None
    for part, block in report.blocks():
        if part not in PARTS:
            continue
        if _HEADING.match(block.text):
            topic = "applications" if _TOPIC.search(block.text[:24]) else None
        paragraph = _Paragraph(part, block, read_prose(block.text), topic, year or report.year)
        for mention in paragraph.prose.mentions:
            bound = _each(report, previous, paragraph, mention) or _bind(
                report, previous, paragraph, mention, name_dealt(block.text, paragraph.prose, mention)
            )
            if bound:
                paragraph.bound[mention.index] = bound
        found += paragraph.bound.values()
    return tuple(found)


def _each(report: Report, previous: Report | None, paragraph: _Paragraph, mention: Mention) -> Bound | None:
    """行政复议、行政诉讼各 3 件: bound to the name whose number differs, else to the last."""
    bounds = [_bind(report, previous, paragraph, mention, name) for name in names_of_each(mention.left)]
    found = [bound for bound in bounds if bound]
    return next((bound for bound in found if bound.verdict == "differs"), found[-1]) if found else None


def _bind(report: Report, previous: Report | None, paragraph: _Paragraph, mention: Mention, name: str | None) -> Bound | None:
    """`name`: what the number belongs to when names and numbers stand apart; an empty string where they do not match up."""
    if mention.numeral.kind not in ("count", "range") or not mention.numeral.unit:
        return None
    words = lexicon()
    left, right, lead = (canonical(text, paragraph.year) for text in (mention.left, mention.right, mention.lead))
    if name is not None:
        left, right = canonical(name, paragraph.year), ""
    period = _period(words, paragraph, mention, left, right)
    if name == "" or period is None or _rate_of(paragraph, mention) or _CHANGE.search(left) or foreign(words, lead, left, right):
        return None
    bare = _LED_BY.sub("", words.last.sub("", left))
    subject = subject_of(words, bare, right, lead)
    domain = subject.holds
    if domain in DISPUTES and words.foreign_disputes.search(lead + left) and not words.disclosure.search(lead + left + right):
        return None
    measure = _measure(words, mention, bare, left, right, lead, subject, paragraph.year)
    before = _compared(paragraph, mention) if period == "last" else _before(paragraph, mention)
    if (
        measure is None
        and before is not None
        and _INHERITS.fullmatch(bare)
        and (bare != left or bare)
        and before.mention.numeral.unit == mention.numeral.unit
    ):
        measure, domain = before.measure, before.domain
    if measure is None and domain is None:
        measure, domain = _as_said(words, paragraph, mention, left, right, lead)
    if measure is None or measure.loose:
        measure, domain = _reread(words, paragraph, mention, left, right, lead) or (measure, domain)
    if measure is None:
        return None
    return _compare(
        report, previous, paragraph, mention, measure, domain, period, _why_loose(words, measure, report, lead, left, paragraph)
    )


def _as_said(
    words: Lexicon, paragraph: _Paragraph, mention: Mention, left: str, right: str, lead: str
) -> tuple[Measure | None, str | None]:
    """The measure when the number speaks of what the sentence before or the heading speaks of: nothing but the words of the measure may lead
    up to it."""
    said = paragraph.said(mention) or paragraph.topic
    measure = _measure(words, mention, left, left, right, lead, Subject(frozenset(), said), paragraph.year) if said else None
    match = words.left(measure).search(left) if measure else None
    return (measure, said) if measure and _PLAIN.fullmatch(left[: match.start()] if match else left) else (None, None)


def _reread(words: Lexicon, paragraph: _Paragraph, mention: Mention, left: str, right: str, lead: str) -> tuple[Measure, str | None] | None:
    """The measure when words that stand further back belong to the number: …目录，共 N 件; 现行有效规章 N 件、规范性文件 M 件."""
    for other in (_clause_before(paragraph, mention, left, lead), _coordinated(words, paragraph, mention, left), _reached(left, lead)):
        subject = subject_of(words, other, right, lead)
        measure = _measure(words, mention, other, other, right, lead, subject, paragraph.year) if other else None
        if measure and not measure.loose:
            return measure, subject.holds
    return None


def _clause_before(paragraph: _Paragraph, mention: Mention, left: str, lead: str) -> str:
    """The clause before with the words up to the number, when those only say that a total follows and that clause has no number."""
    clause = re.split(r"[,;:。、]", lead[:-1])[-1] if _TOTALLED.fullmatch(left) and lead.endswith(",") else ""
    before = _earlier(paragraph, mention)
    between = squeeze(paragraph.block.text[before.numeral.end if before else mention.sentence.start : mention.numeral.start])
    return clause + left if clause and canonical(between, paragraph.year).endswith(clause + "," + left) else ""


def _coordinated(words: Lexicon, paragraph: _Paragraph, mention: Mention, left: str) -> str:
    """A bare name after a number joined by 、 or ，, with the words that led up to the name before."""
    before, noun = _before(paragraph, mention), re.sub("^[和与及]", "", left)
    if before is None or not words.domain.match(re.sub("^(?:政府|行政(?=规范性))", "", noun)):
        return ""
    names = list(words.domain.finditer(before.mention.left))
    return canonical(before.mention.left[: names[-1].start()], paragraph.year) + noun if names else ""


def _reached(left: str, lead: str) -> str:
    """What has changed, with the words up to the number: 新收申请较上年增加10件，增长15.6%，达到74件."""
    compared = _COMPARED.search(lead) if _REACHED.fullmatch(left) else None
    return compared["what"] + left if compared else ""


def _earlier(paragraph: _Paragraph, mention: Mention) -> Mention | None:
    """The number just before in the same sentence."""
    before = paragraph.prose.mentions[mention.index - 1] if mention.index else None
    return before if before and before.sentence == mention.sentence else None


def _period(words: Lexicon, paragraph: _Paragraph, mention: Mention, left: str, right: str) -> Period | None:
    if words.last.search(left) or words.last.match(right.removeprefix("的")):
        return "last"
    if mention.year is None or paragraph.year is None or mention.year == paragraph.year:
        return "this"
    if mention.own_year:
        return "this" if _BROUGHT.search(left) else None
    lead = canonical(mention.lead, paragraph.year)
    if _BROUGHT_THEN.search(lead, max(lead.rfind("上年"), 0)):
        return "this"  # 加上2023年转入的34件，共需办理…: that year only says where the 34 came from
    return "either" if mention.year == paragraph.year - 1 else None


def measure_of(label: str) -> Measure | None:
    """The measure of applications that a label names on its own: `自然人申请`, `不予公开`."""
    words = lexicon()
    found = (m for m in words.among(label) if {"applications", "any"} & set(m.domain) and not m.lead)
    return next((m for m in found if words.left(m).search(label)), None)


def _rate_of(paragraph: _Paragraph, mention: Mention) -> bool:
    """Whether the number is told for each so many: 每100件办结申请中有55件."""
    before = _earlier(paragraph, mention)
    return mention.left.endswith("每") or (before is not None and before.left.endswith("每"))


def measure_denied(phrase: str, year: int | None, said: str = "") -> tuple[Measure, str | None] | None:
    """The measure, with its domain, that a phrase after 没有 or 未 names in full: `制发行政规范性文件`, `不予处理的申请`. `said`: the words before in
    the sentence, which tell of what a phrase without a subject speaks (行政复议3件，没有未审结案件). Totals of applications are not among them."""
    words, phrase = lexicon(), canonical(squeeze(phrase), year)
    subject = subject_of(words, phrase, "", canonical(squeeze(said), year))
    for measure in words.measures:
        if (
            measure.loose
            or measure.lead
            or measure.after
            or measure.id in _TOTALS
            or not subject.suits(measure)
            or not any(key in phrase for key in measure.keys)
        ):
            continue
        match = words.left(measure).search(_CASES.sub("", phrase))
        if match and _DENIED_PLAINLY.fullmatch(phrase[: match.start()]):
            return measure, subject.holds
    return None


def _measure(
    words: Lexicon, mention: Mention, bare: str, left: str, right: str, lead: str, subject: Subject, year: int | None
) -> Measure | None:
    return _named(words, mention.numeral.unit, bare, left, right, lead, canonical(mention.tail, year), subject, _touches(mention))


@lru_cache(maxsize=4096)
def _named(
    words: Lexicon, unit: str, bare: str, left: str, right: str, lead: str, tail: str, subject: Subject, touches: bool
) -> Measure | None:
    """The measure that the words around a number name; `touches` when the tail runs up to the next number."""
    by_right: Measure | None = None
    for measure in words.among(left + right + tail):
        if unit not in measure.units or not subject.suits(measure):
            continue
        before, behind = words.lead(measure), words.after(measure)
        if (before is not None and not before.search(lead)) or (behind is not None and not behind.search(right + tail)):
            continue
        if words.left(measure).search(left) or (bare != left and words.left(measure).search(bare)):
            return None if measure.id in _SINGLE and _TOGETHER.search(left) else measure
        after = words.right(measure)
        if _REMAINDER.match(left) and (measure.id in _TOTALS or tail.startswith("(")):
            continue
        match = after.search(right + tail if measure.across and not touches else right) if after is not None else None
        if by_right is None and match and not _AND_MORE.match((right + tail)[match.end() :]):
            by_right = measure
    return by_right


def _touches(mention: Mention) -> bool:
    """Whether the words behind run up to the next number, to which they may belong: 办结75件，结转下年度2件."""
    behind = squeeze(mention.sentence.text[mention.numeral.end - mention.sentence.start :])
    return bool(_NUMERAL.match(behind[len(mention.right) + len(mention.tail) :]))


def _before(paragraph: _Paragraph, mention: Mention) -> Bound | None:
    """The bound number just before in the same sentence."""
    found = paragraph.bound.get(mention.index - 1)
    return found if found and found.mention.sentence == mention.sentence else None


def _compared(paragraph: _Paragraph, mention: Mention) -> Bound | None:
    """The bound number that last year's stands beside, changes between the two left out: 284件，同比增长20.85%（2023年为235件）."""
    for other in reversed(paragraph.prose.mentions[: mention.index]):
        if other.sentence != mention.sentence:
            return None
        if other.index in paragraph.bound:
            return paragraph.bound[other.index]
        if other.numeral.kind != "percent" and not _CHANGE.search(other.left):
            return None
    return None


def _why_loose(words: Lexicon, measure: Measure, report: Report, lead: str, left: str, paragraph: _Paragraph) -> str:
    clause = re.split(r"[,;:。]", lead.rstrip(",;:"))[-1] + "," + left
    for pattern, why in words.softeners:
        if pattern.search(clause):
            return why
    if measure.loose:
        return "正文的说法不一定就是表中的口径"
    if other_unit(report.unit, clause):
        return "正文说的似乎是另一个单位"
    disputes = measure.domain[0] in ("reconsideration", "litigation", "disputes")
    if disputes and paragraph.topic is None and not words.disclosure.search(paragraph.block.text):
        return "正文没有说明是政府信息公开方面的案件"
    return ""


def _compare(
    report: Report,
    previous: Report | None,
    paragraph: _Paragraph,
    mention: Mention,
    measure: Measure,
    domain: str | None,
    period: Period,
    why: str,
) -> Bound | None:
    sources = [report] if period == "this" else [previous] if period == "last" else [report, previous]
    readings: list[Valued] = []
    admissible = _admissible(paragraph, mention, measure, domain)
    for source in sources:
        form = load_form((source or report).edition)
        for cells in admissible:
            expanded = expand(form, cells)
            if expanded:
                readings.append(evaluate(source, expanded, measure.factor) if source else Valued(expanded, None))
    if not readings:
        return None
    match = next((i for i, r in enumerate(readings) if r.value is not None and fits(mention.numeral, r.value)), None)
    known = [r for r in readings if r.value is not None and not r.assumed]
    some = measure.id in _TOTALS and bool(
        lexicon().picks_some(mention.left)
        or _among_some(paragraph, mention)
        or (mention.left.endswith("的") and _KIND.match(mention.right))
    )
    unknown = match is None and (
        some or not known or len(known) < len(readings) or period == "either" or _carry_broken(report, previous, mention, readings)
    )
    verdict: Verdict = "fits" if match is not None else "unknown" if unknown else "differs"
    return Bound(paragraph.part, paragraph.block, paragraph.prose, mention, measure, domain, period, tuple(readings), match, verdict, why)


def _among_some(paragraph: _Paragraph, mention: Mention) -> bool:
    """Whether the number is said of a set told before (在…10件申请中，) that is not all applications."""
    whole = paragraph.bound.get(mention.index - 1)
    return bool(_AMONG.search(mention.lead)) and not (whole is not None and whole.measure.id in _TOTALS and whole.verdict == "fits")


def carry_gap(report: Report, previous: Report | None) -> Decimal:
    """By how much the carry-over differs from what last year's report left; 0 where it agrees or is not known."""
    this = report.value("t3.carried_in.total")
    last = previous.value("t3.carried_out.total") if previous else None
    return Decimal(0) if this is None or last is None else last - this


def _carry_broken(report: Report, previous: Report | None, mention: Mention, readings: list[Valued]) -> bool:
    """Whether the number would fit, had the carry-over from last year been taken over unchanged: then the table is at fault, not the text."""
    gap = carry_gap(report, previous)
    return gap != 0 and any(
        reading.value is not None and not _CARRIED.isdisjoint(reading.cells) and fits(mention.numeral, reading.value + gap)
        for reading in readings
    )


def _of_either(paragraph: _Paragraph, mention: Mention, measure: Measure) -> bool:
    """Whether 复议 N 件、诉讼 M 件 stand right before and the words here name neither: `其中被纠正 2 件` may speak of either or both."""
    if "disputes" not in measure.domain or re.search(r"复议|诉讼|法院|判决", mention.left):
        return False
    before = [paragraph.bound.get(mention.index - 2), paragraph.bound.get(mention.index - 1)]
    same = [bound for bound in before if bound is not None and bound.mention.sentence == mention.sentence]
    return {bound.measure.id for bound in same} == {"reconsideration", "litigation"}


def _leader(paragraph: _Paragraph, mention: Mention, measure: Measure, domain: str | None) -> int | None:
    """The reading that a total earlier in the sentence settled for its parts: who counts 新收 in the total counts 新收 by applicant too. What one
    kind of applicant settled holds for the kinds told beside it."""
    if domain == "litigation" and "disputes" in measure.domain and not _of_either(paragraph, mention, measure):
        wanted = frozenset({"litigation"})
    elif measure.id in _APPLICANTS:
        wanted = _STOCKS | _APPLICANTS
    else:
        return None
    for bound in reversed(paragraph.bound.values()):
        if bound.mention.sentence != mention.sentence or bound.measure.id not in wanted or bound.period != "this":
            continue
        if bound.measure.id in _APPLICANTS:
            if (settled := _settled(bound)) is not None:
                return settled
            continue
        values = [reading.value for reading in bound.readings]
        if bound.match is None or values.count(values[bound.match]) > 1:
            return None
        return {"received_all": 1, "processed": 2}.get(bound.measure.id, bound.match)
    return None


def _settled(bound: Bound) -> int | None:
    """Which stock a number of applicants counts, when only one of several readings fits: 0 新收, 1 with 结转, 2 办结."""
    values = [reading.value for reading in bound.readings]
    return bound.match if len(values) == 3 and bound.match is not None and values.count(values[bound.match]) == 1 else None


def _admissible(paragraph: _Paragraph, mention: Mention, measure: Measure, domain: str | None) -> tuple[tuple[str, ...], ...]:
    """The readings of a measure here: `含上年结转` and `不含上年结转` decide what a total of applications means."""
    readings = measure.cells(domain, _of_either(paragraph, mention, measure))
    if domain == "litigation" and _BOTH_GROUPS.search(mention.sentence.text):
        return readings[:1]
    leader = _leader(paragraph, mention, measure, domain)
    if leader is not None:
        return readings[leader : leader + 1]
    if not measure.id.startswith(("received", "applications", "handled")):
        return readings
    tail = canonical(squeeze(paragraph.block.text[mention.numeral.end : mention.numeral.end + 24]), paragraph.year)
    if _EXCLUDING.search(tail):
        return (("t3.new.total",),)
    if _INCLUDING.search(tail):
        return (("t3.new.total", "t3.carried_in.total"),)
    return readings


def value_of(bound: Bound) -> Decimal | None:
    """The value the tables give: of the reading that fits, else of the first that is known."""
    if bound.match is not None:
        return bound.readings[bound.match].value
    return next((reading.value for reading in bound.readings if reading.value is not None), None)
