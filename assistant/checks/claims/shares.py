"""N111: percentages of a whole (占…%, …率), recomputed from the text's own figures and from the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.judging import carry_gap
from assistant.checks.claims.lexicon import DISPUTES, lexicon
from assistant.checks.claims.naming import measure_of
from assistant.checks.claims.narrative import Paragraph, known, paragraphs
from assistant.checks.claims.values import evaluate, expand, percent_fits
from assistant.checks.claims.words import percent
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome, Status
from assistant.expressions import regex
from assistant.text.claims import Mention

_SHARE = regex(
    r"(?P<what>.*?)(?:约?占(?P<whole>.*?)(?:的)?(?:比例|比重|比|份额)?|(?:比例|比重|占比))(?:为|达|达到|是|约|超过|近|仅|:|的)*$"
)
_RATE = regex(r"(?P<name>维持|纠正|撤销|办结|(?:予以|部分|不予)公开)率(?:为|达|达到|约|:|均为|均达)*$")
# Rates of what is dealt with are taken of what was due, which the text need not tell.
_NAMED_RATE = regex(r"(?P<what>[\u4e00-\u9fff]{2,6})(?<!办结)(?<!答复)(?<!回复)(?<!办复)(?<!整改)率(?:为|达|达到|约|:|均为|均达)*$")
_WHOLES: tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...] = (
    (regex(r"新收"), (("t3.new.total",),)),
    (regex(r"办结|答复|已办"), (("t3.processed.total",),)),
    (regex(r"收到|受理|接收|申请"), (("t3.new.total",), ("t3.new.total", "t3.carried_in.total"), ("t3.processed.total",))),
    (regex(r"复议"), (("t4.reconsideration.total",),)),
    (regex(r"诉讼"), (("t4.direct.total", "t4.after_reconsideration.total"),)),
)
_ALL_APPLICATIONS = (("t3.processed.total",), ("t3.new.total",), ("t3.new.total", "t3.carried_in.total"))
_OF = regex(r"[^,]{0,12}的(?:比例|比重|份额)?(?:为|达|约|是)?")
_SHARE_OF = regex(r"占[^,]*$")
_AMONG = regex(r"[^,]{0,12}[中里](?:的)?(?:所)?(?:占比?|比例|比重)(?:为|达|达到|约|是)*")
_WITHIN = regex(r"(?:^|,|[在于])[^,]{0,8}$")
_STOCKS = frozenset({"new", "carried_in", "processed"})
_TOTALS = frozenset({"received", "received_new", "received_all", "processed", "handled", "applications"})
_GROUPS = {
    "reconsideration": (("t4.reconsideration.total",),),
    "litigation": (("t4.direct.total", "t4.after_reconsideration.total"), ("t4.direct.total",), ("t4.after_reconsideration.total",)),
    "direct": (("t4.direct.total",),),
    "after_reconsideration": (("t4.after_reconsideration.total",),),
}


@dataclass(frozen=True)
class _Whole:
    """A candidate for the whole: its value and where it is known from."""

    value: Decimal
    told: str
    mention: Mention | None = None
    cells: tuple[str, ...] = ()


@rule("N111")
def shares_right(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each percentage of a whole must follow from the figures given."""
    outcomes = [
        outcome
        for paragraph in paragraphs(ctx)
        for mention in paragraph.prose.mentions
        if mention.numeral.kind == "percent" and (outcome := _judge(ctx, paragraph, mention)) is not None
    ]
    return tuple(outcomes) or (not_applicable("N111", detail="正文没有占比"),)


def _judge(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Outcome | None:
    rate, share = _RATE.search(mention.left), _SHARE.search(mention.left)
    if rate and rate["name"].endswith("公开"):
        return _of_label(ctx, paragraph, mention, rate["name"], "办结")
    if rate and (outcome := _rate(ctx, paragraph, mention, rate["name"])) is not None:
        return outcome
    named = _NAMED_RATE.search(mention.left)
    if named:
        return _of_told(ctx, paragraph, mention, named["what"])
    quoted = _quoted_whole(paragraph, mention)
    if quoted:
        return _of_quoted(ctx, paragraph, mention, *quoted)
    if share is None and not mention.left and mention.outer is not None:
        share = _SHARE.fullmatch("占")  # 不予公开8件（11.59%）
    if share is None:
        return None
    part = (
        _numerator(paragraph, mention, share["what"]) if share["what"] or not _follows(paragraph, mention) else _follows(paragraph, mention)
    )
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    if part is None:
        return _of_label(ctx, paragraph, mention, share["what"], share["whole"] or "")
    if share["what"] and _of_label(ctx, paragraph, mention, share["what"], share["whole"] or "").status is Status.PASS:
        return passed("N111", subject)  # the table's own figure, whatever the number of that name counts
    wholes = _wholes(ctx, paragraph, mention, part, share["whole"] or "")
    if not wholes:
        return unknown("N111", subject, "没有可作分母的数")
    return _verdict(ctx, paragraph, mention, part, wholes, bool(share["whole"]))


def _of_told(ctx: CheckContext, paragraph: Paragraph, mention: Mention, what: str) -> Outcome | None:
    """A rate of what the number right before counts, of the numbers before that: 抽检1460组，合格1431组，合格率98.01%."""
    part = next(iter(paragraph.before(mention)), None)
    if part is None or part.index != mention.index - 1 or part.depth != mention.depth or not part.left.endswith(what):
        return None
    wholes = [
        _Whole(m.numeral.value, f"正文的 {m.numeral.raw.strip()}", m)
        for m in paragraph.before(part)
        if m.numeral.unit == part.numeral.unit and m.numeral.value
    ]
    if part.left.endswith(("不" + what, "未" + what)) or not wholes or any(m.numeral.approx for m in (part, mention)):
        return None
    return _verdict(ctx, paragraph, mention, part, wholes, True)


def _quoted_whole(paragraph: Paragraph, mention: Mention) -> tuple[Mention | None, Mention] | None:
    """(part, whole) where the whole is quoted beside the percentage: 占全部办结7件的29%, 在7件办结申请中占29%."""
    near = [m for m in paragraph.before(mention) if m.depth == mention.depth]
    whole = near[0] if near else None
    if whole is None or whole.index != mention.index - 1:
        return None
    told = (_OF.fullmatch(mention.left) and _SHARE_OF.search(whole.left)) or (_AMONG.fullmatch(mention.left) and _WITHIN.search(whole.left))
    part = next((m for m in near[1:] if m.numeral.unit == whole.numeral.unit), None)
    return (part, whole) if told else None


def _of_quoted(ctx: CheckContext, paragraph: Paragraph, mention: Mention, part: Mention | None, whole: Mention) -> Outcome:
    """A percentage of a whole that the same clause gives."""
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    if part is None or not whole.numeral.value:
        return unknown("N111", subject, "看不出占比说的是哪个数")
    return _verdict(ctx, paragraph, mention, part, [_Whole(whole.numeral.value, f"正文的 {whole.numeral.raw.strip()}", whole)], True)


def _of_label(ctx: CheckContext, paragraph: Paragraph, mention: Mention, what: str, named: str) -> Outcome:
    """A share of something that only the tables count: 自然人申请占97.6%."""
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    measure = measure_of(re.sub(r"^其中|约$", "", what))
    readings = [expanded for cells in measure.readings if (expanded := expand(ctx.form, cells))] if measure else []
    parts = [(value, cells) for cells in readings if (value := evaluate(ctx.report, cells).value) is not None]
    whole_readings = next((cells for pattern, cells in _WHOLES if named and pattern.search(named)), _ALL_APPLICATIONS)
    wholes = _from_cells(ctx, whole_readings) + [
        _Whole(m.numeral.value, f"正文的 {m.numeral.raw}") for m in paragraph.before(mention)[:1] if m.numeral.value
    ]
    if measure is None or not parts or not wholes:
        return unknown("N111", subject, "看不出占比说的是哪个数")
    if any(
        percent_fits(mention.numeral, part, whole.value) for part, cells in parts for whole in wholes if _same_stock(cells, whole.cells)
    ):
        return passed("N111", subject)
    right = percent(parts[0][0] * 100 / wholes[0].value, mention.numeral.step)
    message = f"正文写“{mention.left[-16:]}{mention.numeral.raw}”，按表三{measure.name} {plain(parts[0][0])} 件、{wholes[0].told}计算应为 {right}。请重新计算。"
    return failed(
        "N111",
        subject,
        found(ctx, "N111", message, cells=readings[0], span=paragraph.span(mention), expected=right, actual=mention.numeral.raw),
    )


def _numerator(paragraph: Paragraph, mention: Mention, what: str) -> Mention | None:
    """The number the percentage belongs to: the one just before, or the one in the paragraph with the same name."""
    label = re.sub(r"的|共|数|约|,|其中", "", what)
    if label:
        same = [m for m in paragraph.prose.mentions[: mention.index] if re.sub(r"的|共|数|约|,|其中", "", m.left).endswith(label)]
        return same[-1] if same else None
    before = paragraph.before(mention)
    return before[0] if before else None


def _follows(paragraph: Paragraph, mention: Mention) -> Mention | None:
    """The number right behind, which the percentage describes: 占办结总数29%的2件."""
    after = paragraph.prose.mentions[mention.index + 1 : mention.index + 2]
    return (
        after[0]
        if after and mention.right in ("的", "左右的", "以上的") and not after[0].left.strip("的") and after[0].numeral.kind == "count"
        else None
    )


def _wholes(ctx: CheckContext, paragraph: Paragraph, mention: Mention, part: Mention, named: str) -> list[_Whole]:
    bound = paragraph.bound.get(part.index)
    domain = bound.domain if bound else None
    if re.search(r"(?:办结|答复|新收|收到|受理|接收|申请|复议|诉讼)", named):
        readings = next(readings for pattern, readings in _WHOLES if pattern.search(named))
        return _from_cells(ctx, readings) + _texts(paragraph, part, lambda other: _speaks_of(other, readings))
    if re.search(r"新收[^,]{0,12}中,?", part.lead):
        return _from_cells(ctx, (("t3.new.total",),))
    listed = [paragraph.prose.mentions[known_list.total] for known_list in paragraph.prose.lists if part.index in known_list.parts]
    wholes = [_Whole(m.numeral.value, f"正文的 {m.numeral.raw}", m) for m in listed if m.numeral.value]
    wholes += _texts(paragraph, part, lambda _: True) or _texts(
        paragraph, part, lambda other: other is not None and other.measure.id in _TOTALS, True
    )
    if bound and domain in DISPUTES:
        wholes += _from_cells(ctx, _GROUPS[domain])
    elif bound:
        wholes += _from_cells(
            ctx,
            _ALL_APPLICATIONS if bound.measure.id.startswith(("received", "persons", "organisations")) or "t3." in bound.cells[0] else (),
        )
    return wholes


def _speaks_of(bound: Bound | None, readings: tuple[tuple[str, ...], ...]) -> bool:
    return bound is not None and any(set(cells) <= set(bound.cells) for cells in readings)


def _texts(paragraph: Paragraph, part: Mention, wanted: Callable[[Bound | None], bool], smaller: bool = False) -> list[_Whole]:
    """Numbers before the part, of its unit and, unless asked for, not smaller, from this and the two sentences before."""
    starts = [sentence.start for sentence in paragraph.prose.sentences]
    place = starts.index(part.sentence.start)
    near = set(starts[max(place - 2, 0) : place + 1])
    return [
        _Whole(m.numeral.value, f"正文的 {m.numeral.raw}", m)
        for m in reversed(paragraph.prose.mentions[: part.index])
        if m.sentence.start in near and m.numeral.unit == part.numeral.unit and m.numeral.kind == "count" and m.numeral.value
        and (smaller or part.numeral.value is None or m.numeral.value >= part.numeral.value) and wanted(paragraph.bound.get(m.index))
    ]  # fmt: skip


def _from_cells(ctx: CheckContext, readings: tuple[tuple[str, ...], ...]) -> list[_Whole]:
    out = []
    for cells in readings:
        expanded = expand(ctx.form, cells)
        value = evaluate(ctx.report, expanded).value if expanded else None
        if value:
            out.append(_Whole(value, f"{'加'.join(f'“{ctx.name(cell)}”' for cell in cells)} {plain(value)}", cells=cells))
    return out


def _same_stock(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether part and whole count the same applications: those received, those and what was carried in, or those handled."""
    mine, theirs = ({cell.split(".")[1] for cell in cells} for cells in (part, whole))
    return mine == theirs or not theirs or not mine <= _STOCKS


def _verdict(ctx: CheckContext, paragraph: Paragraph, mention: Mention, part: Mention, wholes: list[_Whole], named: bool) -> Outcome:
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    parts = list(paragraph.values(part))
    table = known(paragraph.bound.get(part.index))
    if table is not None:
        parts.append(table)
    wholes = wholes + [_Whole(v, "", w.mention) for w in wholes if w.mention for v in paragraph.values(w.mention)[1:]]
    if any(percent_fits(mention.numeral, value, whole.value) for value in parts for whole in wholes):
        return passed("N111", subject)
    involved = [part, *(whole.mention for whole in wholes if whole.mention)]
    if paragraph.differs(*involved[:2]) or not parts:
        return unknown("N111", subject, "所依据的数字本身不符")
    exact = parts[0] * 100 / wholes[0].value
    right = percent(exact, mention.numeral.step)
    message = f"正文写“{part.numeral.raw.strip()}……{mention.numeral.raw}”，按{wholes[0].told}计算应为 {right}。请重新计算。"
    sure = named or paragraph.bound.get(part.index) is not None or wholes[0].mention is not None
    bound = paragraph.bound.get(part.index)
    finding = found(
        ctx,
        "N111",
        message,
        cells=bound.cells if bound and bound.match is not None else (),
        span=paragraph.span(mention),
        expected=right,
        actual=mention.numeral.raw,
        severity=None if sure else "warning",
    )
    return failed("N111", subject, finding)


def _rate(ctx: CheckContext, paragraph: Paragraph, mention: Mention, name: str) -> Outcome | None:
    """维持率, 纠正率 of the disputes named before; 办结率 of the applications."""
    words = lexicon()
    text = mention.lead + mention.left
    if words.foreign.search(text) or re.search(r"(?:按时|按期|及时|限时|提前)[^,]{0,4}率", mention.left):
        return None
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    if name == "办结":
        if not re.search(r"申请", paragraph.block.text):
            return None
        values = [evaluate(ctx.report, cells).value for cells in (("t3.processed.total",), ("t3.processed.total", "t3.carried_out.total"))]
        if values[0] is None or not values[1] or carry_gap(ctx.report, ctx.previous):
            return unknown("N111", subject, "表三数字不全")
        if percent_fits(mention.numeral, values[0], values[1]):
            return passed("N111", subject)
        right = percent(values[0] * 100 / values[1], mention.numeral.step)
        message = f"正文写“{mention.left[-12:]}{mention.numeral.raw}”，按表三（七）总计 {plain(values[0])} 件、应办 {plain(values[1])} 件计算为 {right}。请核对。"
        return failed(
            "N111",
            subject,
            found(
                ctx,
                "N111",
                message,
                cells=("t3.processed.total", "t3.carried_out.total"),
                span=paragraph.span(mention),
                expected=right,
                actual=mention.numeral.raw,
                severity="warning",
            ),
        )
    before = paragraph.before(mention)
    part = next((m for m in before if name in m.left or name in m.right), None)
    if part is None:
        return unknown("N111", subject, "看不出比率说的是哪个数")
    return _verdict(ctx, paragraph, mention, part, _wholes(ctx, paragraph, mention, part, ""), False)
