"""From last year's report: every number of its narrative as a named question about this year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.domain.facts import AskedFact, Expression, FactsForm
from assistant.domain.report import Report, SectionId
from assistant.drafting.binding import bind
from assistant.drafting.claimed import claimed_cells
from assistant.drafting.naming import describe, slot_name, surroundings
from assistant.drafting.quantities import Quantity, quantities_of, sentence_spans
from assistant.drafting.slots import percent
from assistant.drafting.standard import standard_facts
from assistant.drafting.wording import wording
from assistant.text.problems import split_problems

_GROWTH = re.compile(
    r"(?:同比|环比|[较比](?:上一?年|去年)(?:度|同期)?|与(?:上一?年|去年)(?:度|同期)?相比)[，,]?(?:约|共|各)?"
    r"(?P<move>(?:略有|有所|大幅|明显|显著|小幅)?(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|下滑|持平)了?(?:约|近|超过|超)?)"
)
_SHARE_BEFORE = re.compile(r"(?:占比|占|占到|比例|比重)[^，。；、]{0,14}$")
_RATE = re.compile(r"(?:办结率|答复率)[^，。；、]{0,4}$")
_DUE = Expression(plus=("t3.processed.total", "t3.carried_out.total"))


Claimed = dict[tuple[str, int], tuple[str, Expression]]


@dataclass
class _Paragraph:
    """What has been read of one paragraph: the counts so far (facts and their last values) as candidates for shares and growth."""

    counts: list[AskedFact] = field(default_factory=list)
    main: AskedFact | None = None
    previous: AskedFact | None = None


def derive_facts(previous: Report) -> FactsForm:
    """Every number of last year's narrative as a named fact, in reading order; those that last year's tables confirm are bound to cells, percentages
    and growth rates to the numbers they were computed from, and the rest ask the clerk."""
    asked: list[AskedFact] = []
    names: dict[str, AskedFact] = {}
    claimed = claimed_cells(previous)
    for part, block in previous.blocks():
        if part == "signature":
            continue
        paragraph = _Paragraph()
        for start, end in sentence_spans(block.text):
            paragraph.main = paragraph.previous = None
            for quantity in quantities_of(block.text[start:end]):
                fact = _ask(previous, claimed, part, block.id, block.text[start:end], start, quantity, paragraph, names)
                asked.append(fact)
    problems = previous.section(SectionId.PROBLEMS)
    return FactsForm(
        unit=previous.unit,
        year=(previous.year or 0) + 1,
        asked=(*asked, *standing_questions(frozenset(names))),
        problems=split_problems(problems.text if problems else ""),
    )


def standing_questions(told: frozenset[str]) -> tuple[AskedFact, ...]:
    """What section 六 must report every year, whether last year told it or not (〔2021〕30号 一（六）)."""
    fees = {"信息处理费件数": ("收取信息处理费的申请", "件"), "信息处理费金额": ("收取的政府信息公开信息处理费", "元")}
    if "信息处理费金额" in told:
        return ()
    return tuple(AskedFact(name=name, what=what, unit=unit, section="other") for name, (what, unit) in fees.items() if name not in told)


def _ask(
    previous: Report,
    claimed: Claimed,
    section: str,
    block: str,
    sentence: str,
    offset: int,
    quantity: Quantity,
    paragraph: _Paragraph,
    names: dict[str, AskedFact],
) -> AskedFact:
    around = surroundings(sentence, quantity.start, quantity.end)
    growth = _growth_before(sentence, quantity)
    where = AskedFact(
        name="数量",
        what="数量",
        unit=quantity.unit,
        last=quantity.value,
        printed=sentence[quantity.start : quantity.end],
        sentence=sentence,
        section=section,
        block=block,
        start=offset + quantity.start,
        end=offset + quantity.end,
        approx=quantity.approx,
        scale=quantity.scale,
        decimals=quantity.decimals,
        period="year_end" if wording().year_end.search(around.clause) else "year",
        channel=next(iter(wording().channels.findall(around.clause)), ""),
    )
    if growth and paragraph.counts:
        return _growth_fact(where, growth, paragraph, offset)
    if quantity.unit == "%" and (share := _share_fact(where, sentence[: quantity.start], previous, paragraph)):
        return share
    what = describe(around, paragraph.main.what if paragraph.main else "", paragraph.previous.what if paragraph.previous else "")
    if quantity.fixed or wording().constants.search(around.clause):
        return _named(where, what, what, names, binding="constant")
    known = claimed.get((block, offset + quantity.number_start))
    fact = _count_fact(where, around.clause, what, previous, known, names)
    if fact.unit != "%":
        paragraph.counts.append(fact)
        paragraph.previous = fact
        if not around.is_part or paragraph.main is None:
            paragraph.main = fact
    return fact


def _count_fact(
    where: AskedFact, clause: str, what: str, previous: Report, known: tuple[str, Expression] | None, names: dict[str, AskedFact]
) -> AskedFact:
    if known and not where.approx and where.scale == 1:
        name, expression = known
        standard_what = next((fact.what for fact in standard_facts() if fact.name == name), name)
        return _named(where, name, standard_what, names, binding="cells", expression=expression)
    bound = bind(clause, where.last, previous) if where.last is not None and where.unit != "%" and not where.approx else None
    if bound:
        standard, expression = bound
        return _named(where, standard.name, standard.what, names, binding="cells", expression=expression)
    if fee := _fee_name(where):
        return _named(where, fee, fee, names)
    return _named(where, what, what, names)


def _fee_name(where: AskedFact) -> str:
    """The total of processing fees and the number of applications charged: the first such numbers of a sentence that speaks of them."""
    if "信息处理费" not in where.sentence or "其中" in where.sentence[: where.sentence.find(where.printed)]:
        return ""
    return {"元": "信息处理费金额", "件": "信息处理费件数", "宗": "信息处理费件数"}.get(where.unit, "")


def _named(where: AskedFact, name: str, what: str, names: dict[str, AskedFact], **changes: object) -> AskedFact:
    """The fact under a free name; a number told twice (same description, unit and value) is one fact."""
    fact = where.model_copy(update={"name": slot_name(name, ()), "what": what, **changes})
    known = names.get(fact.name)
    if known and (known.expression != fact.expression or (known.last, known.unit) != (fact.last, fact.unit)):
        fact = fact.model_copy(update={"name": slot_name(name, names)})
    names.setdefault(fact.name, fact)
    return fact


def _growth_before(sentence: str, quantity: Quantity) -> re.Match[str] | None:
    found = [match for match in _GROWTH.finditer(sentence, 0, quantity.start) if match.end() == quantity.start]
    return found[-1] if found else None


def _growth_fact(where: AskedFact, growth: re.Match[str], paragraph: _Paragraph, offset: int) -> AskedFact:
    base = paragraph.main or paragraph.counts[-1]
    suffix, kind = ("同比", "同比变化") if where.unit == "%" else ("增减", "比上年增减")
    return where.model_copy(
        update={
            "name": base.name + suffix,
            "what": base.what + kind,
            "binding": "growth",
            "of": (base.name,),
            "start": offset + growth.start("move"),
            "printed": growth.group("move") + where.printed,
        }
    )


def _share_fact(where: AskedFact, before: str, previous: Report, paragraph: _Paragraph) -> AskedFact | None:
    """A percentage recomputed from the text's own numbers, or from 表三 for the rate of handling."""
    if _RATE.search(before) and _fits(where, previous.value("t3.processed.total"), _sum(previous, _DUE)):
        return where.model_copy(update={"name": "办结率", "what": "申请办结率", "binding": "share", "of": ("办结申请", "应办申请")})
    if not _SHARE_BEFORE.search(before) or not paragraph.counts:
        return None
    part = paragraph.counts[-1]
    for whole in reversed(paragraph.counts[:-1]):
        if _fits(where, part.last, whole.last):
            name = f"{part.name}占{whole.name}比例"
            return where.model_copy(update={"name": name, "what": f"{part.what}占比", "binding": "share", "of": (part.name, whole.name)})
    return None


def _sum(report: Report, expression: Expression) -> Decimal | None:
    values = [report.value(cell) for cell in expression.plus]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def _fits(where: AskedFact, part: Decimal | None, whole: Decimal | None) -> bool:
    if part is None or not whole or where.last is None:
        return False
    exact = percent(part, whole, where.decimals)
    return exact is not None and abs(exact - where.last) <= Decimal(1).scaleb(-where.decimals)
