"""What a change speaks of: this year's figure and last year's, from the text and from the tables of both years."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.checks.claims.bound import Bound
from assistant.checks.claims.dealing import dealt_count
from assistant.checks.claims.lexicon import DISPUTES, lexicon
from assistant.checks.claims.naming import measure_told
from assistant.checks.claims.narrative import Paragraph
from assistant.checks.claims.subject import canonical
from assistant.checks.claims.values import evaluate, expand
from assistant.checks.context import CheckContext
from assistant.expressions import regex
from assistant.text.claims import Mention, read_prose

UP, DOWN = "增长|上升|增加|提高|提升|增幅|多|净增|攀升|上涨", "下降|减少|降低|回落|下滑|降幅|少|减幅|压减"
CHANGE = regex(rf"(?P<word>{UP}|{DOWN})(?:了|约|达|达到|为|近|超过|幅度为|率为|比例为)*$")
_NOW = regex(r"(?:共|总数|总量|今年|本年度?|全年)*(?:达到|达|增至|降至|升至|减至|为|至)$")
_AGAINST_LAST = regex(r"同比|[较比]|去年|上一?年")
_OTHER_PERIOD = regex(r"环比|上月|上季")
AGAINST = r"(?:同比|(?:较|比|与|同|和)?(?:上一?年|去年|前年)(?:度)?(?:同期)?(?:的)?(?:相比)?)?"
_LABEL = regex(
    rf"^(?:其中|与上年(?:度|同期)?相比)?(?P<what>[^,;:0-9]{{2,24}}?)(?:的)?{AGAINST}(?:均|也|又|有所|明显|大幅|略有|小幅|继续)*(?:{UP}|{DOWN})(?:了|约|达|达到|为|近|超过)*$"
)
_LABEL_OF_BASE = regex(r"^(?P<what>[^,;:0-9]{2,24}?)(?:的)?(?:比|较|与)(?:上一?年|去年)(?:度)?(?:同期)?(?:的|为)*$")
_OF_LAST = regex(r"(?:比|较|与)(?:上年|去年)(?:同期)?(?:的)?$")
_ONLY_CHANGE = regex(rf"(?:{UP}|{DOWN})(?:了|约|近)*")


class Figures(NamedTuple):
    """This year's figure and last year's, as pairs that may be meant; `quoted` are the numbers of the text among them, `cells` where the first is
    kept in the tables."""

    pairs: tuple[tuple[Decimal, Decimal], ...]
    quoted: tuple[Mention, ...] = ()
    cells: tuple[str, ...] = ()


def figures(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Figures | None:
    """What the change is computed from; None where the text does not say what has changed, without pairs where last year's figure is not known."""
    if _OTHER_PERIOD.search(mention.left):
        return Figures(())
    return _of_label(ctx, paragraph, mention) or _of_numbers(ctx, paragraph, mention)


def _of_label(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Figures | None:
    """Of something named beside the change, of which the tables give both years: 行政处罚决定数量同比下降37%."""
    left, base = canonical(mention.left, ctx.year), None
    match = _LABEL.match(left)
    if match is None and _ONLY_CHANGE.fullmatch(left) and mention.index:
        base = paragraph.prose.mentions[mention.index - 1]
        match = _LABEL_OF_BASE.match(canonical(base.left, ctx.year)) if base.sentence == mention.sentence else None
    if match is None or (base is None and not _AGAINST_LAST.search(canonical(mention.lead[-20:], ctx.year) + left)):
        return None
    pairs, cells = both_years(ctx, match["what"], mention.lead)
    told = measure_told(match["what"], ctx.year, mention.lead)
    if told and undisclosed(told[1], mention.lead + match["what"]):
        return Figures(())
    if base is not None and base.numeral.value is not None:
        pairs = [(now, base.numeral.value) for now, _ in pairs]
    return Figures(tuple(pairs), () if base is None else (base,), cells) if pairs else None


def both_years(ctx: CheckContext, what: str, said: str) -> tuple[list[tuple[Decimal, Decimal]], tuple[str, ...]]:
    """This year's and last year's value of what is named, one pair for each reading known in both, and the cells of the first."""
    told = measure_told(what, ctx.year, said)
    if (
        told is None
        or ctx.previous is None
        or undisclosed(told[1], said + what)
        or lexicon().picks_some(what)
        or lexicon().foreign.search(what)
    ):
        return [], ()
    pairs: list[tuple[Decimal, Decimal]] = []
    cells: tuple[str, ...] = ()
    for reading in told[0].cells(told[1]):
        expanded = expand(ctx.form, reading)
        now, then = (evaluate(report, expanded, told[0].factor) if expanded else None for report in (ctx.report, ctx.previous))
        if now and then and now.value is not None and then.value is not None and not then.assumed:
            pairs.append((now.value, then.value))
            cells = cells or now.cells
    return pairs, cells


def undisclosed(domain: str | None, text: str) -> bool:
    """Whether cases are spoken of without a word that they are about disclosure: all cases of the reviewing body may be meant."""
    return domain in DISPUTES and not lexicon().disclosure.search(text)


def _of_numbers(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Figures | None:
    """Of the number told before or behind, against last year's where the text quotes it, else from last year's report."""
    near = [m for m in paragraph.before(mention) if not CHANGE.search(m.left)]
    before = [m for m in near if m.depth == mention.depth or (m.depth > mention.depth and m == near[0] and _in_brackets(ctx, m))]
    if mention.numeral.kind == "count":
        before = [m for m in before if m.numeral.unit == mention.numeral.unit]
    last = [m for m in before if _is_last(ctx, paragraph, m)]
    current = dealt_count(paragraph, mention) or next((m for m in before if m not in last), None) or _reached(paragraph, mention)
    if current is None or current.numeral.value is None:
        return None
    bound = paragraph.bound.get(current.index)
    cells = bound.cells if bound and bound.match is not None else ()
    nows = paragraph.values(current)
    quoted = [m for m in last if m.numeral.unit == current.numeral.unit and m.numeral.value is not None]
    if quoted:
        return Figures(
            tuple((now, m.numeral.value) for now in nows for m in quoted if m.numeral.value is not None), (current, *quoted), cells
        )
    if mention.numeral.kind == "count" and not _AGAINST_LAST.search(mention.lead[-20:] + mention.left):
        return None
    bases = (_from_last_tables(ctx, bound) if bound else []) or _from_last_text(ctx, current)
    return Figures(tuple((now, base) for now in nows for base in bases), (current,), cells)


def _in_brackets(ctx: CheckContext, mention: Mention) -> bool:
    """Whether a number in brackets is last year's, told as the base of the change behind it: 比2022年（31件）下降29%."""
    return bool(_OF_LAST.search(canonical(mention.left, ctx.year)))


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
    label = _label(current)
    if ctx.previous is None or len(label) < 4:
        return []
    return [
        m.numeral.value
        for _, block in ctx.previous.blocks()
        for m in read_prose(block.text).mentions
        if m.numeral.unit == current.numeral.unit and m.numeral.value is not None and _label(m) == label
    ]


def _label(mention: Mention) -> str:
    return re.sub(r"^(?:[0-9]{4}年|全年|本年度?|今年|全市|全区|全县|共|累计|截至.*?,)+", "", mention.left)
