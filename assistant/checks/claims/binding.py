"""Binding the numbers of the narrative to cells: what each number speaks of, and whether the tables agree."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.checks.claims.accounted import weighed
from assistant.checks.claims.bound import Bound, Paragraph, Period
from assistant.checks.claims.distribution import name_dealt, names_of_each, with_kinds
from assistant.checks.claims.elided import goes_on_counting, of_another_matter
from assistant.checks.claims.judging import compare, why_loose
from assistant.checks.claims.lexicon import DISPUTES, Lexicon, Measure, lexicon
from assistant.checks.claims.named import Named
from assistant.checks.claims.naming import measure_here
from assistant.checks.claims.period import bound_before, compared, earlier, next_to, period_named, period_of, rate_of
from assistant.checks.claims.subject import Subject, canonical, foreign, subject_of
from assistant.checks.claims.sums import named_together, sum_of
from assistant.checks.claims.values import Tables
from assistant.checks.claims.wording import wording
from assistant.domain.report import Block, Report
from assistant.expressions import regex
from assistant.text.claims import Mention, read_prose
from assistant.text.normalise import squeeze

PARTS = ("overview", "disclosure", "applications", "disputes", "problems", "other")
_INHERITS = regex(
    r"(?:本年度?|变为|[增减升降跌]到|[减升增]为|减至|攀升[至到]|回落[至到]|跌至|增至|增加到|增加至|增长到|增长至|上升到|上升至|升至|降至|下降到|下降至|减少到|减少至|降为|变成|提高到|提高至|同期为|同期|为|是|的|较|比|相比|由|从|有|,)*$"
)
_LED_BY = regex(r"(?:由|从|较|比|与)(?:的)?$")
_CHANGE = regex(r"(?:增加|增长|减少|下降|上升|多|少|净增|回落|降低)(?:了|约|近)?$")
_TOPIC = regex(r"依申请公开|政府信息公开申请|申请公开")
_YEARS_ONLY = regex(r"(?:上年|本年|今年|当年)(?:度)?(?:同期)?(?:为|是|有|共|达)*")
_STATED = regex(r"(?:数量|件数|总数|总量|数)(?:均|都|合计|共)?(?:为|是)$")  # a number without measure word: 行政强制决定数量为0
_HEAD = regex(r"(?:的)?(?:方面|情况|领域|工作)$")
_JOINT = regex("[、和与及]|以及")
_REACHED = regex(r"(?:本年度?|今年)?(?:达到|达|增至|降至|升至|减至|为|至)")
_COMPARED = regex(r"(?:^|[,;:])(?P<what>[^,;:]+?)(?:数量|总数|总量|量)?,?(?:同比|较|比|与|相比)(?:上年|去年|前一年)?[^;:。]*,$")
_TOTALLED = regex(r"(?:一?共有?|共计|合计|总计|累计|计|总数|总量|数量|件数|为|是|有|达|达到)+$")
_PLAIN = regex(
    r"(?:其中|全年|本年度?|今年|当年|年内|目前|共计|合计|总计|累计|年[末底]|截至.{0,10}|全[市县区省州]|我[市县区省州局委]|一?共|已经?|均|全部|实际|按[期时]|及时|依法|另有?|还有|尚有|仍有|属于?|因|涉及|[、,和及与])*(?:行政)?"
)
_CONCLUDING = frozenset({"dispute_concluded", "dispute_pending"})
_OF_APPLICATIONS = regex(r"收件|申请|答复")
_INVERTED = regex(r"^[,，](?:就|即|正)?[是为系](?P<name>[^,，;；。]{4,}?)(?:的)?(?:总数|总量|数量|件数)[,，;；。]?$")
_OF_CASES = regex(r"审|结案")
_HEADING = regex(r"^[(（]?[一二三四五六七八九十]{1,2}[)）、.]")


def bind(report: Report, previous: Report | None = None, year: int | None = None) -> tuple[Bound, ...]:
    """Every number of sections 一 to 六 that the lexicon can name, in reading order, compared with the tables of its year."""
    found: list[Bound] = []
    topic: str | None = None
    tables = Tables(report, previous)
    for part, block in report.blocks():
        if part not in PARTS:
            continue
        if _HEADING.match(block.text):
            topic = "applications" if _TOPIC.search(block.text[:24]) else None
        found += _of_paragraph(tables, part, block.id, block.text, block.locator, topic, year or report.year)
    return tuple(found)


@lru_cache(maxsize=1024)
def _of_paragraph(
    tables: Tables, part: str, block_id: str, text: str, locator: str, topic: str | None, year: int | None
) -> tuple[Bound, ...]:
    """The bound numbers of one paragraph: they rest on its text and on the tables, so that an edit elsewhere leaves them as they are."""
    report, previous = tables.report, tables.previous
    paragraph = Paragraph(part, Block(id=block_id, text=text, locator=locator), read_prose(text), topic, year)
    for mention in paragraph.prose.mentions:
        bound = _each(report, previous, paragraph, mention) or _bind(
            report, previous, paragraph, mention, name_dealt(text, paragraph.prose, mention)
        )
        if bound:
            paragraph.bound[mention.index] = bound
    return tuple(paragraph.bound.values())


def _each(report: Report, previous: Report | None, paragraph: Paragraph, mention: Mention) -> Bound | None:
    """行政复议、行政诉讼各 3 件: bound to the name whose number differs, else to the last."""
    bounds = [_bind(report, previous, paragraph, mention, name) for name in names_of_each(mention.left)]
    found = [bound for bound in bounds if bound]
    return next((bound for bound in found if bound.verdict == "differs"), found[-1]) if found else None


def _bind(report: Report, previous: Report | None, paragraph: Paragraph, mention: Mention, name: str | None) -> Bound | None:
    """`name`: what the number belongs to when names and numbers stand apart; an empty string where they do not match up."""
    if mention.numeral.kind not in ("count", "range") or not (mention.numeral.unit or _STATED.search(mention.left)):
        return None
    if of_another_matter(mention):
        return None
    words = lexicon()
    left, right, lead = (canonical(text, paragraph.year) for text in (mention.left, mention.right, mention.lead))
    inverted = _INVERTED.match(canonical(mention.tail, paragraph.year)) if not mention.lead + left + right else None
    if inverted:
        name = inverted["name"]  # 73件，是我局本年新收政府信息公开申请的总数
    if name is not None:
        left, right = canonical(name, paragraph.year), ""
        lead = wording("recently").sub("", lead)  # the years are told one by one
    else:
        right += _shared_predicate(words, paragraph, mention, right)
    period = period_of(words, paragraph, mention, left, right) if name is None else period_named(words, paragraph, mention, left)
    if name == "" or period is None or rate_of(paragraph, mention) or _CHANGE.search(left) or foreign(words, lead, left, right):
        return None
    together = _together(paragraph, mention, left, lead)
    if len(together) > 1:
        meant: tuple[Measure | None, str | None] | None = sum_of(together), together[-1].domain
    else:
        meant = _meant(words, paragraph, mention, left, right, lead, period) or next(((one.measure, one.domain) for one in together), None)
    measure, domain = meant or (None, None)
    if measure is None or goes_on_counting(paragraph, mention, measure.id, left, right):
        return None
    why = why_loose(words, measure, report, lead, left, paragraph)
    bound = compare(report, previous, paragraph, mention, measure, domain, period, why)
    return weighed(bound, left, right) if bound else None


def _together(paragraph: Paragraph, mention: Mention, left: str, lead: str) -> tuple[Named, ...]:
    """What a number is said to count together; empty where its words say so of nothing that has a name."""
    told = with_kinds(paragraph.block.text, paragraph.prose, mention)
    left = left if told == mention.left else canonical(told, paragraph.year)  # 予以公开、不予公开两类合计
    return named_together(left, lead, paragraph.year) or ()


def _meant(
    words: Lexicon, paragraph: Paragraph, mention: Mention, left: str, right: str, lead: str, period: Period
) -> tuple[Measure, str | None] | None:
    """The measure that a number is of, with the domain in which it is meant."""
    bare = _LED_BY.sub("", words.last.sub("", left))
    subject = subject_of(words, bare, right, lead)
    domain = subject.holds
    if domain in DISPUTES and words.foreign_disputes.search(lead + left) and not words.disclosure.search(lead + left + right):
        return None
    measure = measure_here(words, mention, bare, left, right, lead, subject, paragraph.year)
    before = compared(paragraph, mention) if period == "last" else bound_before(paragraph, mention)
    if (
        measure is None
        and before is not None
        and _INHERITS.fullmatch(bare)
        and (bare != left or (bare and next_to(paragraph, before.mention, mention)))
        and before.mention.numeral.unit == mention.numeral.unit
    ):
        measure, domain = before.measure, before.domain
    if measure is None and domain is None:
        measure, domain = _as_said(words, paragraph, mention, left, right, lead)
    if measure is None or measure.loose:
        measure, domain = _reread(words, paragraph, mention, left, right, lead) or (measure, domain)
    return (measure, domain) if measure else None


def _shared_predicate(words: Lexicon, paragraph: Paragraph, mention: Mention, right: str) -> str:
    """What the last of several numbers joined by 、 says of all of them: 36件行政复议、20件行政诉讼未审结. Empty where `right` says more than a name."""
    following = paragraph.prose.mentions[mention.index + 1 : mention.index + 2]
    if not right and following and _named_only(words, following[0].left) and next_to(paragraph, mention, following[0]):
        return canonical(following[0].right, paragraph.year)  # 仍有行政复议36件、行政诉讼20件未审结
    if (
        not right
        or not following
        or not _named_only(words, right)
        or not _JOINT.fullmatch(_between(paragraph, mention, following[0], right))
    ):
        return ""
    behind = canonical(following[0].right, paragraph.year)
    name = next((match for match in words.domain.finditer(behind)), None)
    return behind[name.end() :] if name and _named_only(words, behind[: name.end()]) else ""


def _named_only(words: Lexicon, right: str) -> bool:
    """Whether the words are but a name of a matter: 政府信息公开行政复议, 行政诉讼案件."""
    names = list(words.domain.finditer(right))
    return bool(names) and re.fullmatch(r"(?:案件|申请|决定|事项)?", right[names[-1].end() :]) is not None and names[-1].start() <= 8


def _between(paragraph: Paragraph, one: Mention, two: Mention, right: str) -> str:
    """What stands between the words behind a number and the next number."""
    return squeeze(paragraph.block.text[one.numeral.end : two.numeral.start])[len(right) :]


def _as_said(words: Lexicon, paragraph: Paragraph, mention: Mention, left: str, right: str, lead: str) -> tuple[Measure | None, str | None]:
    """The measure when the number speaks of what the sentence before or the heading speaks of: nothing but the words of the measure may lead
    up to it."""
    said = paragraph.said(mention) or paragraph.topic
    measure = measure_here(words, mention, left, left, right, lead, Subject(frozenset(), said), paragraph.year) if said else None
    if measure and measure.id in _CONCLUDING and not _OF_CASES.search(left + right):  # 办结 is said of applications as well as of cases
        said = "applications" if _OF_APPLICATIONS.search(lead) else None
        measure = measure_here(words, mention, left, left, right, lead, Subject(frozenset(), said), paragraph.year) if said else None
    match = words.left(measure).search(left) if measure else None
    return (measure, said) if measure and _PLAIN.fullmatch(left[: match.start()] if match else left) else (None, None)


def _reread(words: Lexicon, paragraph: Paragraph, mention: Mention, left: str, right: str, lead: str) -> tuple[Measure, str | None] | None:
    """The measure when words that stand further back belong to the number: …目录，共 N 件; 现行有效规章 N 件、规范性文件 M 件."""
    for other in (_clausebound_before(paragraph, mention, left, lead), _coordinated(words, paragraph, mention, left), _reached(left, lead)):
        subject, bare = subject_of(words, other, right, lead), words.last.sub("", other)
        measure = measure_here(words, mention, bare, other, right, lead, subject, paragraph.year) if other else None
        if measure and not measure.loose:
            return measure, subject.holds
    return None


def _clausebound_before(paragraph: Paragraph, mention: Mention, left: str, lead: str) -> str:
    """The clause before with the words up to the number, when those only say that a total follows and that clause has no number."""
    follows = lead.endswith((",", ":")) and (_TOTALLED.fullmatch(left) or _YEARS_ONLY.fullmatch(left))
    clause = re.split(r"[,;:。]", lead[:-1])[-1] if follows else ""
    before = earlier(paragraph, mention)
    between = squeeze(paragraph.block.text[before.numeral.end if before else mention.sentence.start : mention.numeral.start])
    told = canonical(between, paragraph.year)
    return _HEAD.sub("", clause) + left if clause and told.endswith((f"{clause},{left}", f"{clause}:{left}")) else ""


def _coordinated(words: Lexicon, paragraph: Paragraph, mention: Mention, left: str) -> str:
    """A bare name after a number joined by 、 or ，, with the words that led up to the name before."""
    before, noun = bound_before(paragraph, mention), re.sub("^[和与及]", "", left)
    if before is None or not words.domain.match(re.sub("^(?:政府|行政(?=规范性))", "", noun)):
        return ""
    names = list(words.domain.finditer(before.mention.left))
    return canonical(before.mention.left[: names[-1].start()], paragraph.year) + noun if names else ""


def _reached(left: str, lead: str) -> str:
    """What has changed, with the words up to the number: 新收申请较上年增加10件，增长15.6%，达到74件."""
    compared = _COMPARED.search(lead) if _REACHED.fullmatch(left) else None
    return compared["what"] + left if compared else ""
