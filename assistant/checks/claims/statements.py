"""N131, N133–N135: statements without a number of their own — nothing received, no fee — against the tables."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.checks.claims.lexicon import DISPUTES, lexicon
from assistant.checks.claims.naming import TOTALS, measure_told
from assistant.checks.claims.narrative import bound_numbers, sentences
from assistant.checks.claims.values import evaluate, expand
from assistant.checks.context import CheckContext, heading_span, span_in
from assistant.checks.findings import failed, found, judged, not_applicable, passed
from assistant.checks.registry import rule
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome, Severity
from assistant.domain.report import SectionId
from assistant.expressions import regex
from assistant.text.numerals import quantities

_NONE = regex(
    r"(?:均|也|且|暂|尚|还|从)?(?:未曾?|没有|无|未有|零)(?:发生|收到|接到|接收|受理|产生|出现|涉及|因|有|新收|引发|引起|被|存在)*"
    r"(?P<what>[^，,。；;！]{0,40}?(?P<noun>(?:行政)?复议(?:[、和与及]|以及)(?:行政)?诉讼|(?:行政)?复议|(?:行政)?诉讼|(?:政府信息公开|信息公开|依申请公开|公开)[^，,。；;]{0,6}申请件?|依申请公开(?:件|事项)?)"
    r"(?P<tail>[、和与及以]*(?:行政)?(?:复议|诉讼)?)(?:的)?(?:案件|申请|情况|事项|件)*)(?=[，,。；;！]|$)"
)
_NOTHING = regex(
    r"(?:^|(?<=[，,。；;：:、]))(?:20[0-9]{2}年度?|截至[^，,]{0,12}|本年度?|今年|全年|年内|我[局市县区委办镇乡院]|本[局机关单位]{1,2}|全[市县区省局]|[\u4e00-\u9fff]{2,14}[局委办厅区县市镇乡院])*(?:共|均|也|且|暂|尚|还|从)*"
    r"(?P<none>(?:未曾?|没有|未有|不存在|无)(?!经|法|正当|偿|障碍|线|关|需|须|论|缝|误|人|效|疑|补正|掌握|达|能|得|按|审结|办结|结案|审理|答复)(?P<what>[^，,。；;！：:]{2,48}))(?=[，,。；;！]|$)"
)
_NAUGHT = regex(
    r"(?:^|(?<=[，,；;：:、]))(?P<what>[^，,。；;！：:、]{2,24}?)(?:的)?(?:(?:申请|案件|件|情况|情形)*)(?:均|也|暂|尚|还)?(?:没有|未有|(?<![从毫])无|为零)(?=[，,。；;！、]|$)"
)
_OF = regex(
    r"(?:^|(?<=[，,；;：:]))(?P<whose>[^，,。；;！：:、0-9]{2,20}?)(?:均|也|且|暂|尚|还|从)*(?:未曾?|没有|未有|不存在|无)(?!经|法|正当|偿|需|须|论|关|审结|办结|结案|审理|答复)(?P<what>[^，,。；;！：:0-9]{2,24})(?=[，,。；;！]|$)"
)
_ANY = regex(
    r"(?:公民|法人|自然人|其他组织|组织|公众|群众|企业|社会|任何|过|一|件|有关|相关|的|政府信息公开|政府信息|信息公开|公开|依|申请|方面|渠道|、|和|或|提出|提交|书面|因|对|涉及|向|本机关|本单位|我[局市县区委办院镇乡厅]|[\u4e00-\u9fff]{0,2}(?:行政)?(?:复议|诉讼)(?:案件)?)*"
)
_CARRIED = regex(r"(?:无|没有|未有)(?P<way>上年度?结转|上一年度?结转|结转(?:至|到)?下一?年度?)")
_BOTH = regex(r"复议.{0,4}诉讼|诉讼.{0,4}复议")
_ALL = regex(r"(?:均|都|全部|悉数|一律)(?:已|被|获|获得|得到|予以|为|依法|结果)*(?P<result>维持|审结|结案|办结|胜诉)")
_NO_FEE = regex(
    r"(?:未|无|没有)(?:曾|发生|产生|收取|涉及|有)*[^，,。；;]{0,24}(?:信息处理费|信息公开处理费|公开处理费)|(?:信息处理费|公开处理费)[^，,。；;]{0,8}(?:为零|为0|(?<![0-9.，,])0 ?元|零元)|(?:未|没有)收取(?:任何)?费用"
)
_NOTICE = regex(r"(?:收费|缴费|缴纳)通知|逾期[^，,。；;]{0,8}(?:缴|交)|通知[^，,。；;]{0,8}(?:缴|交)")
_DISPUTES_TOLD = regex(
    r"(?:复议|诉讼)[^，,。；;]{0,20}(?:情况|见(?:表|第|后)|详见)|[0-9一二三四五六七八九十]+ ?[件起宗][^，,。；;]{0,14}(?:复议|诉讼)|(?:复议|诉讼)[^，,。；;]{0,8}[0-9一二三四五六七八九十]+ ?[件起宗]|(?:未|无|没有)[^，,。；;]{0,20}(?:复议|诉讼)"
)
_DENIED_BEFORE = regex(r"(?:未|没有|无)[^，,。；;]{0,12}$")
_RECONSIDERATION = ("t4.reconsideration.total",)
_LITIGATION = ("t4.direct.total", "t4.after_reconsideration.total")
_PERIOD = regex(r"连续|近[一二三四五两]年|上年|去年|历年|[上下]半年|季度")


@rule("N131")
def nothing_said(ctx: CheckContext) -> tuple[Outcome, ...]:
    """未收到申请, 无复议诉讼: the tables must be zero."""
    findings: list[Finding] = []
    seen = False
    for part, block, sentence in sentences(ctx):
        for match in _denials(sentence[1]):
            cells = _denied(ctx, match, sentence[1][: match.start()])
            if (
                not cells
                or _PERIOD.search(sentence[1][max(match.start() - 12, 0) : match.start()])
                or lexicon().foreign_disputes.search(match.group())
            ):
                continue
            seen = True
            wrong = [(cell, value) for cell in cells if (value := ctx.value(cell)) is not None and value > 0]
            if wrong:
                start = sentence[0] + match.start()
                told = "、".join(f"{ctx.name(cell)}为 {plain(value)}{'' if cell.startswith('t2.fees') else ' 件'}" for cell, value in wrong)
                message = f"正文写“{match.group()}”，而{told}。请改正文或改表。"
                findings.append(
                    found(
                        ctx,
                        "N131",
                        message,
                        cells=tuple(cell for cell, _ in wrong),
                        span=span_in(part, block, start, start + len(match.group())),
                        expected="0",
                        actual=plain(wrong[0][1]),
                    )
                )
    return judged("N131", findings) if seen else (not_applicable("N131", detail="正文没有“未收到”一类说法"),)


@lru_cache(maxsize=2048)
def _denials(text: str) -> tuple[re.Match[str], ...]:
    """Statements that there was nothing, none overlapping another; a clause with a number of its own is a label: 没有现成信息2件."""
    found = [*_NONE.finditer(text), *_CARRIED.finditer(text)]
    for match in (*_NOTHING.finditer(text), *_NAUGHT.finditer(text), *_OF.finditer(text)):
        if not quantities(match["what"]) and not any(other.start() < match.end() and match.start() < other.end() for other in found):
            found.append(match)
    return tuple(found)


def _denied(ctx: CheckContext, match: re.Match[str], said: str) -> tuple[str, ...]:
    """The cells that must be zero when the statement is true; `said`: the words before it in its clause."""
    group = match.groupdict()
    if group.get("way"):
        return ("t3.carried_in.total",) if "上" in group["way"] else ("t3.carried_out.total",)
    what = match["what"]
    what, whose = re.sub("(?:的)?(?:情况|情形|现象)$", "", what), group.get("whose") or ""
    named = (measure_told(whose + what, ctx.year, said) if whose else None) or measure_told(what, ctx.year, said + whose)
    if named and named[0].id not in TOTALS:
        readings = [expanded for cells in named[0].cells(named[1]) if (expanded := expand(ctx.form, cells))]
        if named[1] in DISPUTES:
            readings = readings[:1]  # 没有行政诉讼: neither of the two groups
        return next((cells for cells in readings if evaluate(ctx.report, cells).value == 0), readings[0] if readings else ())
    if "noun" not in group:
        return ()
    if _BOTH.search(what):
        return _RECONSIDERATION + _LITIGATION
    if "复议" in what:
        return _RECONSIDERATION
    if "诉讼" in what:
        return _LITIGATION
    if re.search(r"逾期|超期|超时|投诉|举报|结转|未按|不规范|纠纷|收费|费用", what):
        return ()
    return ("t3.new.total",) if _ANY.fullmatch(what) else ()


@rule("N133")
def fee_denied(ctx: CheckContext) -> tuple[Outcome, ...]:
    """No processing fee said to be charged, while applicants let the time to pay run out: fee notices were sent."""
    unpaid = ctx.value("t3.other.unpaid.total")
    for part, block, (start, text) in sentences(ctx):
        match = _NO_FEE.search(text)
        if match is None:
            continue
        if not unpaid or any(_DENIED_BEFORE.search(block.text[: told.start()]) is None for told in _NOTICE.finditer(block.text)):
            return (passed("N133"),)
        message = f"正文写“{match.group()}”，而表三“（六）2.逾期未按收费通知要求缴纳费用”为 {plain(unpaid)} 件，说明发过收费通知。建议写明收费通知和缴纳情况。"
        span = span_in(part, block, start + match.start(), start + match.end())
        return (
            failed(
                "N133",
                "report",
                found(ctx, "N133", message, cells=("t3.other.unpaid.total",), span=span, severity=_how_denied(match, block.text)),
            ),
        )
    return (not_applicable("N133", detail="正文没有未收取信息处理费的说法"),)


def _how_denied(match: re.Match[str], text: str) -> Severity | None:
    """That no fee arose, or no notice was sent, cannot be where notices ran out; that none was collected may be."""
    around = match.group() + text[match.end() : match.end() + 6]
    arisen = "收取" not in around and any(word in around for word in ("产生", "发生", "涉及"))
    return "warning" if arisen or _NOTICE.search(text) else None


@rule("N134")
def disputes_unmentioned(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Cases in 表四 of which the overview says nothing."""
    cells = tuple(cell for cell in (*_RECONSIDERATION, *_LITIGATION) if (ctx.value(cell) or 0) > 0)
    overview = ctx.report.section(SectionId.OVERVIEW)
    if not cells or overview is None or not overview.blocks:
        return (not_applicable("N134"),)
    if any(bound.domain in ("reconsideration", "litigation", "direct", "after_reconsideration") for bound in bound_numbers(ctx)):
        return (passed("N134"),)
    if _DISPUTES_TOLD.search(overview.text):
        return (passed("N134"),)
    told = "、".join(f"{ctx.name(cell)} {plain(ctx.value(cell) or Decimal(0))} 件" for cell in cells)
    message = f"{told}，“总体情况”没有提到行政复议、行政诉讼。建议补写一句。"
    return (failed("N134", "report", found(ctx, "N134", message, cells=cells, span=heading_span(overview.id, ""))),)


@rule("N135")
def applications_unmentioned(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Applications in 表三 of which the overview gives no number."""
    new = ctx.value("t3.new.total")
    overview = ctx.report.section(SectionId.OVERVIEW)
    if not new or overview is None or not overview.blocks:
        return (not_applicable("N135"),)
    told = any(cell.startswith("t3.") for bound in bound_numbers(ctx) if bound.part == "overview" for cell in bound.cells)
    if told or re.search(
        r"(?:收到|新收|受理|接收|接到|办理|答复|办结)[^，,。；;]{0,24}申请|(?<!依)申请[^，,。；;]{0,8}[0-9]+ ?件", overview.text
    ):
        return (passed("N135"),)
    message = f"表三本年新收申请 {plain(new)} 件，“总体情况”没有写收到和办理申请的情况。建议补写。"
    return (failed("N135", "report", found(ctx, "N135", message, cells=("t3.new.total",), span=heading_span(overview.id, ""))),)
