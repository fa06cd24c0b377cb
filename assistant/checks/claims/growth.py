"""N112: changes against last year (同比增长…%, 增加…件, 翻番), recomputed."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.lexicon import lexicon
from assistant.checks.claims.narrative import Paragraph, paragraphs
from assistant.checks.claims.values import evaluate, fits, ratio_fits
from assistant.checks.claims.words import percent
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome
from assistant.expressions import regex
from assistant.text.claims import Mention, read_prose

_UP, _DOWN = "增长|上升|增加|提高|提升|增幅|多|净增|攀升|上涨", "下降|减少|降低|回落|下滑|降幅|少|减幅|压减"
_CHANGE = regex(rf"(?P<word>{_UP}|{_DOWN})(?:了|约|达|达到|为|近|超过|幅度为|率为|比例为)*$")
_NOW = regex(r"(?:共|总数|总量|今年|本年度?|全年)*(?:达到|达|增至|降至|升至|减至|为|至)$")
_TIMES = regex(r"(?:是|为|达|达到|相当于).{0,10}的$")


@rule("N112")
def changes_right(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each change against last year must follow from the figures quoted, or from last year's report."""
    outcomes = [
        outcome
        for paragraph in paragraphs(ctx)
        for mention in paragraph.prose.mentions
        if (outcome := _judge(ctx, paragraph, mention)) is not None
    ]
    return tuple(outcomes) or (not_applicable("N112", detail="正文没有同比数字"),)


def _judge(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Outcome | None:
    kind = mention.numeral.kind
    change = _CHANGE.search(mention.left)
    if kind not in ("percent", "count", "multiple") or not (change or kind == "multiple") or mention.numeral.value is None:
        return None
    if kind == "count" and not mention.numeral.unit:
        return None
    current, bases = _figures(ctx, paragraph, mention)
    subject = f"{paragraph.block.id}:{mention.numeral.start}"
    if current is None:
        return None if kind == "count" else unknown("N112", subject, "看不出是哪个数的变化")
    if not bases:
        return unknown("N112", subject, "没有上年数字可比")
    down = bool(change and re.fullmatch(_DOWN, change["word"]))
    nows = [v for v in paragraph.values(current) if v is not None]
    if any(_right(mention, down, now, base) for now in nows for base, _ in bases):
        return passed("N112", subject)
    if paragraph.differs(current, *(m for _, m in bases if m)):
        return unknown("N112", subject, "所依据的数字本身不符")
    return failed("N112", subject, _finding(ctx, paragraph, mention, current, nows[0], bases[0][0]))


def _right(mention: Mention, down: bool, now: Decimal, base: Decimal) -> bool:
    """Whether the printed change leads from `base` to `now`."""
    numeral, difference = mention.numeral, (base - now if down else now - base)
    if numeral.kind == "count":
        return fits(numeral, difference)
    if base == 0:
        return False
    if numeral.kind == "percent":
        return ratio_fits(numeral, difference * 100 / base)
    printed = numeral.value or Decimal(0)
    factor = now / base
    grown = not _TIMES.search(mention.left) and numeral.unit == "倍" and bool(_CHANGE.search(mention.left))
    tolerance = max(numeral.step, Decimal("0.1") * printed) / 2 if numeral.unit == "倍" else Decimal("0.1") * printed
    return abs((factor - 1 if grown else factor) - printed) < tolerance or (numeral.approx == "over" and factor >= printed)


def _figures(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> tuple[Mention | None, list[tuple[Decimal, Mention | None]]]:
    """The number that changed and the candidates for last year's, with the mention where the text quotes it."""
    before = [m for m in paragraph.before(mention) if not _CHANGE.search(m.left) and m.depth == mention.depth]
    if mention.numeral.kind == "count":
        before = [m for m in before if m.numeral.unit == mention.numeral.unit]
    last = [m for m in before if _is_last(ctx, paragraph, m)]
    current = next((m for m in before if m not in last), None) or _reached(paragraph, mention)
    if current is None or current.numeral.value is None:
        return None, []
    quoted = [m for m in last if m.numeral.unit == current.numeral.unit and m.numeral.value is not None]
    if quoted:
        return current, [(m.numeral.value, m) for m in quoted if m.numeral.value is not None]
    if mention.numeral.kind == "count" and not re.search(r"同比|[较比]|去年|上年", mention.lead[-20:] + mention.left):
        return None, []
    if re.search(r"环比|上月|上季", mention.left):
        return current, []
    bound = paragraph.bound.get(current.index)
    bases = _from_last_tables(ctx, bound) if bound else []
    return current, [(value, None) for value in bases or _from_last_text(ctx, current)]


def _reached(paragraph: Paragraph, mention: Mention) -> Mention | None:
    """This year's number told behind the change: 增加10件，增长15.6%，达到74件."""
    near = paragraph.prose.mentions[mention.index + 1 : mention.index + 4]
    return next((m for m in near if m.sentence == mention.sentence and m.numeral.kind == "count" and _NOW.match(m.left)), None)


def _is_last(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> bool:
    bound = paragraph.bound.get(mention.index)
    if bound is not None:
        return bound.period == "last" or (bound.period == "either" and mention.year is not None)
    year = ctx.year
    return bool(lexicon().last.search(mention.left)) or (year is not None and mention.year == year - 1 and mention.own_year)


def _from_last_tables(ctx: CheckContext, bound: Bound) -> list[Decimal]:
    """Last year's value of the same reading, or of all readings when none fits."""
    if ctx.previous is None:
        return []
    wanted = [bound.readings[bound.match]] if bound.match is not None else list(bound.readings)
    values = [evaluate(ctx.previous, reading.cells, bound.measure.factor) for reading in wanted]
    return [valued.value for valued in values if valued.value is not None and not valued.assumed]


def _from_last_text(ctx: CheckContext, current: Mention) -> list[Decimal]:
    """What last year's text gives for a number with the same words before it."""
    if ctx.previous is None:
        return []
    label = _label(current)
    if len(label) < 4:
        return []
    return [
        m.numeral.value
        for _, block in ctx.previous.blocks()
        for m in read_prose(block.text).mentions
        if m.numeral.unit == current.numeral.unit and m.numeral.value is not None and _label(m) == label
    ]


def _label(mention: Mention) -> str:
    return re.sub(r"^(?:[0-9]{4}年|全年|本年度?|今年|全市|全区|全县|共|累计|截至.*?,)+", "", mention.left)


def _finding(ctx: CheckContext, paragraph: Paragraph, mention: Mention, current: Mention, now: Decimal, base: Decimal) -> Finding:
    difference = now - base
    if mention.numeral.kind == "count":
        right = f"{'增加' if difference >= 0 else '减少'}{plain(abs(difference))}{mention.numeral.unit}"
    elif mention.numeral.kind == "multiple" or base == 0:
        right = f"{plain((now / base).quantize(Decimal('0.01')))}倍" if base else "无法计算（上年为0）"
    else:
        right = f"{'增长' if difference >= 0 else '下降'}{percent(abs(difference) * 100 / base, mention.numeral.step)}"
    bound = paragraph.bound.get(current.index)
    message = (
        f"正文写“{mention.left[-10:]}{mention.numeral.raw.strip()}”，按今年 {plain(now)}、上年 {plain(base)} 计算应为{right}。请重新计算。"
    )
    return found(
        ctx,
        "N112",
        message,
        cells=bound.cells if bound and bound.match is not None else (),
        span=paragraph.span(mention),
        expected=right,
        actual=mention.numeral.raw.strip(),
    )
