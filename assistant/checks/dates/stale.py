"""D101–D105: last year left standing — in the title, in the naming of the report, at the head of a sentence, in plans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.context import CheckContext
from assistant.checks.dates.written import spelled, with_plain_years
from assistant.checks.findings import found, judged, unknown
from assistant.checks.prose import NARRATIVE, Sentence, part_name, sentences
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome, ReplaceText, Severity, Span
from assistant.expressions import matches, regex

_YEAR = regex(r"(20\d{2})\s*年")
_COMPARED = regex(
    r"同比|环比|上年|上一年|去年|前年|同期|相比|较(?:上|去|前|同|往|20)|比20\d{2}|以来|历年|近年|两年|三年|五年|逐年|“?十[三四五]五|自20\d{2}|[0-9一二两三四五六七八九十百]\s*[件份条元个次宗起]?[，,（(]\s*20\d{2}年(?:度)?(?:则|仅|只)?(?:为|是)\s*[0-9零一二两三四五六七八九十百]"
)
_SET_BESIDE = regex(  # 2022年制发文件3件，本年制发4件: one thing told of both years
    r"20\d{2}\s*年(?:度)?[，,]?(?:共|我[局委市区县]|全[市区县])?(?P<done>[\u4e00-\u9fff]{2})[^，,。；;]*[，,；;]而?[本今]年度?共?(?P=done)"
)
_NO_COMPARISON = regex(r"（[^（）]*）|上一?年度?(?:末|底)?(?:结转|转入|转来|遗留|顺延|未办结)")
_AT_HEAD = regex(
    r"(?:^\s*|[，,。；;：:）)”]\s*|[一二三四五六七八九十]是\s*|(?<=[\u4e00-\u9fff]) (?=20\d{2}年))(20\d{2})\s*年(?!(?:度)?\s*(?:[\d一二三四五六七八九十]{1,3}月|预算|决算|部门|第|底|末|版|前|后|起|至|[—\-－~～]|开始|结转|转入|转来|遗留|未办结|(?:反馈|指出|通报|发现|查出|检查|评估).{0,8}问题))"
)
_SINCE = regex(r"\s*(20\d{2})\s*年以来[，,]")
_MONTH_AT_HEAD = regex(r"(?:^|[。；;：:\n]|[一二三四五六七八九十]是)\s*(20\d{2})\s*年\s*\d{1,2}\s*月(?:份)?[，,]")
_OTHER_ACTS = regex(r"(20\d{2})\s*年(?:度)?[，,]?\s*(?:共|对|有|未|没有|无|我|本|全|累计|收取|产生|发生)")
_PLAN = regex(
    r"(?:^|[，,。；;：:]|[一二三四五六七八九十]是)\s*(20\d{2})\s*年(?:度)?(?:，|,)?[^，。；]{0,16}?"
    r"(?:将(?!政|信息|其|该|相关|各|所|公开|年度|工作|重点(?!抓|做|围绕|从|推|加强|开展)|涉)|拟(?!定)|计划(?!生)|打算|下一步)"
)
_CARRIED_ON = regex(
    r"[0-9]\s*[件宗起](?P<how>[^，,。；;]{0,12}?(?:结转|顺延|延续|延期|转|留|跨年)(?:至|到|入))\s*(20\d{2})\s*年(?:度)?(?:继续|再|予以|依法)*(?:办理|办结|答复|处理|审理|审结|[，,。；;）)]|$)"
)
_AHEAD = regex(r"将|拟|计划|规划|目标|力争|预计|到20\d{2}年")
_PUBLISHED = regex(r"公布|发布")  # last year's report appears in the course of this year
_OF_THEN = regex(r"20\d{2}\s*年[^，,。；;《]{1,10}的(?=[《“])")  # 2022年制定的《…办法》
_DONE_THEN = regex(  # 2022年提出的目录, 2022年积压的业务信息: the year belongs to the thing, not to what is told of it
    r"20\d{2}\s*年(?:度)?[\u4e00-\u9fff]{0,8}(?:提出|积压|遗留|欠下|承诺|列出|梳理|查摆|确定|部署|启动|印发|制定|出台|建成|上线|开通|指出)的(?=[\u4e00-\u9fff])"
)
_BEFORE = regex(r"上年|去年|上一年|往年|以前年度|年初")
_OWN_NAME = regex(
    r"(?:编制|编写|公布|发布|形成|起草|做好|完成)[^。；《]{0,14}?(20\d{2})\s*年(?:度)?\s*(?:的)?政府信息公开(?:工作)?年度报告"
)
_NAMED = regex(r"(20\d{2})\s*年(?:度)?\s*(?:的)?政府信息公开(?:工作)?年度报告")
_YEARLY_PLAN = regex(r"(20\d{2})\s*年(?:度)?(?:[\u4e00-\u9fff]{0,8}?)(?:政务公开|政府信息公开)工作(?:要点|主要任务|任务分工|重点任务)")


def _sentences(ctx: CheckContext, parts: tuple[str, ...] = NARRATIVE) -> Iterator[Sentence]:
    """The sentences with their years in plain digits, every character in its place."""
    for sentence in sentences(ctx, parts):
        plain = with_plain_years(sentence.text)
        yield sentence if plain == sentence.text else sentence._replace(text=plain)


def _wrong_year(
    ctx: CheckContext, code: str, message: str, span: Span, stated: int, right: int, severity: Severity | None = None
) -> Finding:
    """A finding about a year, with the edit that puts the right one in its place, in digits or in words as it stands there."""
    new = span.text.replace(str(stated), str(right), 1)
    if new == span.text:
        new = span.text.replace(span.text[:4], spelled(right), 1)
    edits = (ReplaceText(span=span, new=new),)
    return found(ctx, code, message, span=span, expected=str(right), actual=str(stated), edits=edits, severity=severity)


def _of_the_year(sentence: Sentence, match: re.Match[str], group: int = 1) -> Span:
    """The year with its 年 where a match found it."""
    return sentence.span(match.start(group), sentence.text.index("年", match.end(group)) + 1)


@rule("D101")
def title_year(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The title's year against everything else the report says."""
    year, printed = ctx.year, _YEAR.search(with_plain_years(ctx.report.title))
    if year is None:
        return (unknown("D101", "title", "标题和正文都没有写明年度"),)
    if printed is None or int(printed.group(1)) == year:
        return judged("D101", [], "title")
    stated = int(printed.group(1))
    text = ctx.report.title[printed.start() : printed.end()]
    span = Span(section="title", block="title", start=printed.start(), end=printed.end(), text=text)
    message = f"标题写的是 {stated} 年，而统计期限、正文或上年度报告都指向 {year} 年度。"
    return judged("D101", [_wrong_year(ctx, "D101", message, span, stated, year)], "title")


@rule("D102")
def own_name(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The report named with another year in its own preamble."""
    if ctx.year is None:
        return (unknown("D102", "preamble", "报告年度不明"),)
    findings = []
    for sentence in _sentences(ctx, ("preamble", "overview")):
        for expression in (_NAMED if sentence.part == "preamble" else _OWN_NAME, _YEARLY_PLAN):
            for match in matches(expression, sentence.text):
                stated = int(match.group(1))
                last = stated == ctx.year - 1
                if stated == ctx.year or (expression is _YEARLY_PLAN and not last) or (last and _PUBLISHED.search(match.group())):
                    continue
                span = sentence.span(match.start(1), match.end())
                message = f"{part_name(ctx, sentence.part)}写“{span.text}”，本报告是 {ctx.year} 年度的。"
                findings.append(_wrong_year(ctx, "D102", message, span, stated, ctx.year))
    return judged("D102", findings, "preamble")


@rule("D103")
def stale_year(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Last year at the head of a sentence or clause that tells this year's work."""
    if ctx.year is None:
        return (unknown("D103", "report", "报告年度不明"),)
    findings = []
    for sentence in _sentences(ctx):
        if str(ctx.year - 1) in sentence.text and (finding := _stale(ctx, sentence)):
            findings.append(finding)
    return judged("D103", findings)


def _stale(ctx: CheckContext, sentence: Sentence) -> Finding | None:
    assert ctx.year is not None
    last = str(ctx.year - 1)
    if "截至" in sentence.text or "截止" in sentence.text:
        return None
    since = _SINCE.match(sentence.text) if sentence.part == "overview" and sentence.block.id == "overview.1" else None
    if since and since.group(1) == last:
        return _told(ctx, sentence, since)
    if re.search(rf"{last}\s*年(?:度)?\s*[、和与至及—~～-]\s*{ctx.year}\s*年", sentence.text):
        return None
    if _names(sentence.text, ctx.year) or _COMPARED.search(_NO_COMPARISON.sub("", sentence.text)) or _SET_BESIDE.search(sentence.text):
        return None
    expressions = [_AT_HEAD, _MONTH_AT_HEAD] + ([_OTHER_ACTS] if sentence.part == "other" else [])
    for expression in expressions:
        match = next(
            (match for match in expression.finditer(sentence.text) if match.group(1) == last and not _of_then(sentence, match)), None
        )
        if match is None:
            continue
        return _told(ctx, sentence, match, "info" if expression is _MONTH_AT_HEAD else None)
    return None


def _names(text: str, year: int) -> bool:
    """Whether the sentence tells of `year` in a clause of its own, or of a thing of then: 2022年新收35件，2023年新收30件; 2022年制定的《…办法》."""
    return any(match.group(1) == str(year) for match in _AT_HEAD.finditer(text)) or _OF_THEN.search(text) is not None


def _of_then(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the year belongs to a thing that was done then: 2022年提出的会议公开目录."""
    return _DONE_THEN.match(sentence.text, match.start(1)) is not None


def _told(ctx: CheckContext, sentence: Sentence, match: re.Match[str], severity: Severity | None = None) -> Finding:
    assert ctx.year is not None
    opening = sentence.text.strip()[:24]
    message = f"{part_name(ctx, sentence.part)}“{opening}…”写的是 {match.group(1)} 年，本报告年度为 {ctx.year} 年，疑为上年文字未更新。"
    return _wrong_year(ctx, "D103", message, _of_the_year(sentence, match), ctx.year - 1, ctx.year, severity)


@rule("D104")
def stale_plan(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Plans for the coming year under the report year (or an earlier one)."""
    if ctx.year is None:
        return (unknown("D104", "problems", "报告年度不明"),)
    findings = []
    for sentence in _sentences(ctx, ("problems",)):
        match = _PLAN.search(sentence.text)
        if match is None or int(match.group(1)) != ctx.year or str(ctx.year + 1) in sentence.text:
            continue
        message = f"“{sentence.text.strip()[:24]}…”说的是下一步打算，年份应为 {ctx.year + 1} 年，却写成报告年度 {ctx.year} 年。"
        findings.append(_wrong_year(ctx, "D104", message, _of_the_year(sentence, match), ctx.year, ctx.year + 1))
    findings += [
        finding
        for sentence in _sentences(ctx, ("overview", "applications", "disputes"))
        if (finding := _carried_on(ctx, sentence, ctx.year)) is not None
    ]
    return judged("D104", findings, "problems")


def _carried_on(ctx: CheckContext, sentence: Sentence, year: int) -> Finding | None:
    """Applications that go over into the report year itself or one gone by: 10件顺延至2023年办理 in the report for 2023."""
    for match in _CARRIED_ON.finditer(sentence.text):
        stated = int(match.group(2))
        clause = re.split(r"[，,。；;]", sentence.text[: match.start()])[-1] + match["how"]
        if stated > year or _BEFORE.search(clause) or str(year - 1) in clause:
            continue
        message = (
            f"{part_name(ctx, sentence.part)}“{match.group().strip()}”说的是结转以后继续办理，年份应为 {year + 1} 年，却写成 {stated} 年。"
        )
        return _wrong_year(ctx, "D104", message, _of_the_year(sentence, match, 2), stated, year + 1)
    return None


@rule("D105")
def future_year(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A year to come at the head of a sentence that tells what was done."""
    if ctx.year is None:
        return (unknown("D105", "report", "报告年度不明"),)
    findings = []
    for sentence in _sentences(ctx, ("overview", "disclosure", "applications", "disputes", "other")):
        if _AHEAD.search(sentence.text):
            continue
        for match in matches(_AT_HEAD, sentence.text):
            stated = int(match.group(1))
            if ctx.year < stated <= ctx.year + 20 and str(ctx.year) not in sentence.text:
                said = f"{part_name(ctx, sentence.part)}“{sentence.text.strip()[:24]}…”写的是 {stated} 年，晚于报告年度 {ctx.year} 年。"
                findings.append(_wrong_year(ctx, "D105", said, sentence.span(match.start(1), match.end(1)), stated, ctx.year))
    return judged("D105", findings)
