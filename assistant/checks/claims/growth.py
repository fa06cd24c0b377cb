"""N112: changes against last year (同比增长…%, 增加…件, 翻番), recomputed."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.claims.changed import CHANGE, DOWN, Figures, figures
from assistant.checks.claims.dealing import dealt_run
from assistant.checks.claims.narrative import Paragraph, paragraphs
from assistant.checks.claims.recomputed import recomputed, subject_of_mention
from assistant.checks.claims.values import fits, ratio_fits
from assistant.checks.claims.words import percent
from assistant.checks.context import CheckContext
from assistant.checks.findings import not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome
from assistant.expressions import regex
from assistant.text.claims import Mention

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
    change = _change(paragraph, mention)
    if kind not in ("percent", "count", "multiple") or not (change or kind == "multiple") or mention.numeral.value is None:
        return None
    if kind == "count" and not mention.numeral.unit:
        return None
    told = figures(ctx, paragraph, mention)
    subject = subject_of_mention(paragraph, mention)
    if told is None:
        return None if kind == "count" else unknown("N112", subject, "看不出是哪个数的变化")
    if not told.pairs:
        return unknown("N112", subject, "没有上年数字可比")
    down = bool(re.fullmatch(DOWN, change))
    if any(_right(mention, down, now, base) for now, base in told.pairs):
        return passed("N112", subject)
    if paragraph.differs(*told.quoted):
        return unknown("N112", subject, "所依据的数字本身不符")
    return _wrong(ctx, paragraph, mention, told)


def _change(paragraph: Paragraph, mention: Mention) -> str:
    """The word for the change, which the first of several percentages dealt out may give for all: 分别增长5.7%和7.7%."""
    found = CHANGE.search(mention.left)
    if found is None and not mention.left.strip("、,和与及") and (run := dealt_run(paragraph, mention)):
        found = CHANGE.search(run[0].left)
    return found["word"] if found else ""


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
    grown = not _TIMES.search(mention.left) and numeral.unit == "倍" and bool(CHANGE.search(mention.left))
    tolerance = max(numeral.step, Decimal("0.1") * printed) / 2 if numeral.unit == "倍" else Decimal("0.1") * printed
    return abs((factor - 1 if grown else factor) - printed) < tolerance or (numeral.approx == "over" and factor >= printed)


def _wrong(ctx: CheckContext, paragraph: Paragraph, mention: Mention, told: Figures) -> Outcome:
    now, base = told.pairs[0]
    difference = now - base
    if mention.numeral.kind == "count":
        right = f"{'增加' if difference >= 0 else '减少'}{plain(abs(difference))}{mention.numeral.unit}"
    elif mention.numeral.kind == "multiple" or base == 0:
        right = f"{plain((now / base).quantize(Decimal('0.01')))}倍" if base else "无法计算（上年为0）"
    else:
        right = f"{'增长' if difference >= 0 else '下降'}{percent(abs(difference) * 100 / base, mention.numeral.step)}"
    basis = f"今年 {plain(now)}、上年 {plain(base)} "
    return recomputed(ctx, "N112", paragraph, mention, quote=mention.left[-10:], basis=basis, right=right, cells=told.cells)
