"""N111: percentages of a whole (占…%, …率), recomputed from the text's own figures and from the tables."""

from __future__ import annotations

import re

from assistant.checks.claims.changed import undisclosed
from assistant.checks.claims.dealing import dealt_count, dealt_name, dealt_run
from assistant.checks.claims.lexicon import lexicon
from assistant.checks.claims.naming import TOTALS, measure_of, measure_told
from assistant.checks.claims.narrative import Paragraph, known, paragraphs
from assistant.checks.claims.rates import of_cases, of_other_matter, of_what_is_told, of_what_was_due
from assistant.checks.claims.recomputed import recomputed, subject_of_mention
from assistant.checks.claims.subject import canonical
from assistant.checks.claims.values import evaluate, expand, percent_fits
from assistant.checks.claims.wholes import Whole, quoted_whole, same_stock, table_wholes, wholes_of
from assistant.checks.claims.wording import wording
from assistant.checks.claims.words import percent
from assistant.checks.context import CheckContext
from assistant.checks.findings import not_applicable, passed, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Outcome, Status
from assistant.expressions import regex
from assistant.text.claims import Mention

_WORDS = r"(?:为|达|达到|是|约|超过|近|仅|不足|不到|接近|将近|:|的)*$"
_SHARE = regex(r"(?P<what>.*?)(?:[约仅只]?占(?P<whole>.*?)(?:的)?(?:比例|比重|比|份额)?|(?:比例|比重|占比))" + _WORDS)
_AMONG_NAMED = regex(r"^(?:在|于)(?P<whole>[^,]{2,16}?)[中里内](?:的)?(?:所)?(?:占比?|比例|比重)" + _WORDS)
_RATE = regex(r"(?P<name>维持|纠正|撤销|办结|(?:予以|部分|不予)公开)(?:率|比例|比率)(?:为|达|达到|约|:|均为|均达)*$")
# Rates of what is dealt with are taken of what was due, which the text need not tell.
_NAMED_RATE = regex(r"(?P<what>[\u4e00-\u9fff]{2,6})(?<!办结)(?<!答复)(?<!回复)(?<!办复)(?<!整改)率(?:为|达|达到|约|:|均为|均达)*$")
_LABELLED = regex(r"(?P<what>[^,]{3,}?)(?:的)?" + _WORDS)
_CHANGED = regex(r"增|减|升|降|涨|提高|多|少|同比|环比|率")
_OF = regex(r"[^,]{0,12}的(?:比例|比重|份额)?(?:为|达|约|是)?")
_SHARE_OF = regex(r"占[^,]*$")
_AMONG = regex(r"[^,]{0,12}[中里](?:的)?(?:所)?(?:占比?|比例|比重)(?:为|达|达到|约|是)*")
_WITHIN = regex(r"(?:^|,|[在于])[^,]{0,8}$")
_REMARK = regex(r"\([^()]*\)")
_BELOW = regex(r"(?:不足|不到|不超过|低于|少于|未达到?)$")


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
    left = _REMARK.sub("", mention.left)
    if (rate := _RATE.search(left)) and (outcome := _rate(ctx, paragraph, mention, rate["name"])) is not None:
        return outcome
    if named := _NAMED_RATE.search(left):
        told = of_what_is_told(paragraph, mention, named["what"])
        return _verdict(ctx, paragraph, mention, *told, True) if told else None
    if (turned := _turned_round(ctx, paragraph, mention)) is not None:
        return turned
    if quoted := _quoted_whole(paragraph, mention):
        return _of_quoted(ctx, paragraph, mention, *quoted)
    run = dealt_run(paragraph, mention)
    share = _share(ctx, mention, _REMARK.sub("", run[0].left) if run else left)
    if share is None:
        return None
    what, whole = share
    if run and dealt_count(paragraph, mention) is None:
        name = dealt_name(run, mention)
        return _of_label(ctx, paragraph, mention, name, whole) if name else None
    follows = _follows(paragraph, mention)
    part = dealt_count(paragraph, mention) or (follows if follows and not what else _numerator(paragraph, mention, what))
    if part is None:
        return _of_label(ctx, paragraph, mention, what, whole)
    if what and _of_label(ctx, paragraph, mention, what, whole).status is Status.PASS:
        return passed("N111", subject_of_mention(paragraph, mention))  # the table's own figure, whatever the number of that name counts
    wholes = wholes_of(ctx, paragraph, part, whole)
    if not wholes:
        return unknown("N111", subject_of_mention(paragraph, mention), "没有可作分母的数")
    return _verdict(ctx, paragraph, mention, part, wholes, bool(whole))


def _share(ctx: CheckContext, mention: Mention, left: str) -> tuple[str, str] | None:
    """(what is counted, of what) where the words say that a percentage is a share; either may be left unsaid."""
    if bounded := wording("share_bounded").fullmatch(left):
        return bounded["what"], bounded["whole"]
    if among := _AMONG_NAMED.search(left):
        return "", among["whole"]
    if said := _SHARE.search(left):
        return said["what"], said["whole"] or ""
    if not left and mention.outer is not None:
        return "", ""  # 不予公开8件（11.59%）
    labelled = None if _CHANGED.search(left) else _LABELLED.fullmatch(left)
    told = measure_told(labelled["what"], ctx.year, mention.lead) if labelled else None
    return (labelled["what"], "") if labelled and told and told[0].id not in TOTALS else None


def _turned_round(ctx: CheckContext, paragraph: Paragraph, mention: Mention) -> Outcome | None:
    """The share told first, of what and in what respect behind it: 约八成的申请由自然人提出, 过半申请予以公开."""
    match = wording("share_first").match(mention.right) if wording("nothing_before").fullmatch(canonical(mention.left, ctx.year)) else None
    told = measure_told(match["what"], ctx.year, match["whole"]) if match else None
    if match is None or told is None or told[0].id in TOTALS or undisclosed(told[1], paragraph.block.text):
        return None
    return _of_label(ctx, paragraph, mention, match["what"], match["whole"], match["whole"])


def _quoted_whole(paragraph: Paragraph, mention: Mention) -> tuple[Mention | None, Mention] | None:
    """(part, whole) where the whole is quoted beside the percentage: 占全部办结7件的29%, 在7件办结申请中占29%."""
    near = [m for m in paragraph.before(mention) if m.depth == mention.depth]
    whole = near[0] if near else None
    if whole is None or whole.index != mention.index - 1 or _AMONG_NAMED.search(mention.left):
        return None
    told = (_OF.fullmatch(mention.left) and _SHARE_OF.search(whole.left)) or (_AMONG.fullmatch(mention.left) and _WITHIN.search(whole.left))
    part = next((m for m in near[1:] if m.numeral.unit == whole.numeral.unit), None)
    return (part, whole) if told else None


def _of_quoted(ctx: CheckContext, paragraph: Paragraph, mention: Mention, part: Mention | None, whole: Mention) -> Outcome:
    """A percentage of a whole that the same clause gives."""
    if part is None or not whole.numeral.value:
        return unknown("N111", subject_of_mention(paragraph, mention), "看不出占比说的是哪个数")
    return _verdict(ctx, paragraph, mention, part, quoted_whole(whole), True)


def _of_label(ctx: CheckContext, paragraph: Paragraph, mention: Mention, what: str, named: str, said: str = "") -> Outcome:
    """A share of something that only the tables count: 自然人申请占97.6%. `said`: words that tell what `what` speaks of."""
    subject = subject_of_mention(paragraph, mention)
    label = re.sub(r"^其中|约$", "", canonical(what, ctx.year))
    told = measure_told(label, ctx.year, mention.lead + said)
    measure, domain = told if told and told[0].id not in TOTALS else (measure_of(label), None)
    readings = [expanded for cells in measure.cells(domain) if (expanded := expand(ctx.form, cells))] if measure else []
    parts = [(value, cells) for cells in readings if (value := evaluate(ctx.report, cells).value) is not None]
    wholes = table_wholes(ctx, domain, named) + [whole for m in paragraph.before(mention)[:1] for whole in quoted_whole(m)]
    some = any(pattern.search(label) for pattern, _ in lexicon().softeners)
    if measure is None or some or not parts or not wholes:
        return unknown("N111", subject, "看不出占比说的是哪个数")
    pairs = [(part, whole.value) for part, cells in parts for whole in wholes if same_stock(cells, whole.cells)]
    if any(percent_fits(mention.numeral, part, whole, below=_below(mention), above=_above(mention)) for part, whole in pairs):
        return passed("N111", subject)
    right = percent(parts[0][0] * 100 / wholes[0].value, mention.numeral.step)
    basis = f"{measure.name} {plain(parts[0][0])} 件、{wholes[0].told}"
    return recomputed(ctx, "N111", paragraph, mention, quote=mention.left[-16:], basis=basis, right=right, cells=readings[0])


def _below(mention: Mention) -> bool:
    """Whether the words only say that the share is less: 不足、不到."""
    return bool(_BELOW.search(mention.left) or ((told := wording("share_bounded").fullmatch(mention.left)) and told["below"]))


def _above(mention: Mention) -> bool:
    """Whether the words only say that the share is more: 超过办结总数的三分之一."""
    told = wording("share_bounded").fullmatch(mention.left)
    return bool(told and told["above"])


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
    right = mention.right in ("的", "左右的", "以上的") and after and not after[0].left.strip("的") and after[0].numeral.kind == "count"
    return after[0] if right else None


def _verdict(ctx: CheckContext, paragraph: Paragraph, mention: Mention, part: Mention, wholes: list[Whole], named: bool) -> Outcome:
    subject = subject_of_mention(paragraph, mention)
    bound = paragraph.bound.get(part.index)
    table = known(bound)
    parts = [*paragraph.values(part), *([] if table is None else [table])]
    wholes = wholes + [Whole(v, "", w.mention) for w in wholes if w.mention for v in paragraph.values(w.mention)[1:]]
    if any(
        percent_fits(mention.numeral, value, whole.value, below=_below(mention), above=_above(mention))
        for value in parts
        for whole in wholes
    ):
        return passed("N111", subject)
    involved = [part, *(whole.mention for whole in wholes if whole.mention)]
    if paragraph.differs(*involved[:2]) or not parts:
        return unknown("N111", subject, "所依据的数字本身不符")
    right = percent(parts[0] * 100 / wholes[0].value, mention.numeral.step)
    sure = named or bound is not None or wholes[0].mention is not None
    return recomputed(
        ctx, "N111", paragraph, mention, quote=f"{part.numeral.raw.strip()}……", basis=wholes[0].told, right=right,
        cells=bound.cells if bound and bound.match is not None else (), severity=None if sure else "warning",
    )  # fmt: skip


def _rate(ctx: CheckContext, paragraph: Paragraph, mention: Mention, name: str) -> Outcome | None:
    """维持率, 纠正率 of the disputes named before; 办结率, 公开率 of the applications."""
    if name.endswith("公开"):
        return _of_label(ctx, paragraph, mention, name, "办结")
    if of_other_matter(mention):
        return None
    if name == "办结":
        return of_what_was_due(ctx, paragraph, mention)
    part = next((m for m in paragraph.before(mention) if name in m.left or name in m.right), None)
    if part is None:
        return of_cases(ctx, paragraph, mention, name)
    return _verdict(ctx, paragraph, mention, part, wholes_of(ctx, paragraph, part, ""), False)
