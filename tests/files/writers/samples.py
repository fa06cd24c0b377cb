"""A report and findings to write; every identity of the form holds."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.cell import Cell, CellState, number_cell
from assistant.domain.finding import Basis, CheckResult, Explanation, Finding, Fix, Outcome, SetCell, Span, Status
from assistant.domain.report import Block, EditionId, Report, Section, SectionId
from assistant.forms import load_form

TEXTS = {
    "overview": (
        "（一）主动公开。全年公开信息1234条，同比增长12.5%。",
        "（二）依申请公开",
        "1.受理情况",
        "本机关收到申请7件，均按期答复。",
    ),
    "problems": ("政策解读形式单一。", "下一步增加图解。"),
    "other": ("本年度未收取信息处理费。",),
}


def sample_report(edition: EditionId = "2021", **changes: object) -> Report:
    """A small valid report: seven applications of natural persons, all granted; amounts with six decimals; one dash, one blank."""
    form = load_form(edition)
    year = 2023 if edition == "2021" else 2020
    values = dict.fromkeys(form.cell_ids, Decimal(0))
    for row in ("new", "granted", "processed"):
        values[f"t3.{row}.person"] = values[f"t3.{row}.total"] = Decimal(7)
    values["t4.direct.upheld"] = values["t4.direct.total"] = Decimal(12)
    values["t2.fees.amount" if edition == "2021" else "t2.procurement.amount"] = Decimal("24252.311082")
    cells = {cell: number_cell(cell, value) for cell, value in values.items()}
    cells["t2.penalty.decisions"] = Cell(id="t2.penalty.decisions", state=CellState.DASH, raw="/")
    cells["t2.coercion.decisions"] = Cell(id="t2.coercion.decisions", state=CellState.BLANK)
    sections = tuple(
        Section(
            id=section.id,
            heading=section.printed,
            blocks=tuple(Block(id=f"{section.id}.{number}", text=text) for number, text in enumerate(TEXTS.get(section.id, ()), start=1)),
        )
        for section in form.sections
    )
    report = Report(
        unit="青山市统计局",
        year=year,
        edition=edition,
        title=f"青山市统计局{year}年政府信息公开工作年度报告",
        cells=tuple(cells.values()),
        sections=sections,
        preamble=(Block(id="preamble.1", text=f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),),
        signature=(Block(id="signature.1", text="青山市统计局"), Block(id="signature.2", text=f"{year + 1}年1月20日")),
    )
    return report.replace(**changes) if changes else report


def with_text(report: Report, section_id: str, *texts: str) -> Report:
    """The report with other paragraphs in one section."""
    wanted = SectionId(section_id)
    blocks = tuple(Block(id=f"{wanted}.{number}", text=text) for number, text in enumerate(texts, start=1))
    return report.replace(
        sections=tuple(section.model_copy(update={"blocks": blocks}) if section.id == wanted else section for section in report.sections)
    )


FORM_30 = Basis(document="中华人民共和国政府信息公开工作年度报告格式", number="国办公开办函〔2021〕30号", article="附件模板三")


def sample_findings() -> tuple[Finding, ...]:
    """An info, a warning about words, an open error about cells, an explained error: in an order to be sorted."""
    return (
        Finding(
            code="S003",
            slug="short-section",
            severity="info",
            title="第六部分<过短>",
            message="请核对 a<b & c。",
            span=Span(section="other", block="", start=0, end=0, text=""),
        ),
        Finding(
            code="N102",
            slug="claim-mismatch",
            severity="warning",
            title="文字与表格不一致",
            message="“1234条”没有依据。",
            span=Span(section="overview", block="overview.1", start=14, end=19, text="1234条"),
            fix=Fix(fix_class="show", advice="请核对条数。"),
        ),
        Finding(
            code="T101",
            slug="row-total",
            severity="error",
            title="总计与各列之和不符",
            message="总计为 7，六类之和为 8，相差 1。",
            cells=("t3.granted.total", "t3.granted.person"),
            expected="8",
            actual="7",
            basis=(FORM_30,),
            fix=Fix(fix_class="ask", edits=(SetCell(cell="t3.granted.total", value="8"),)),
            fingerprint="0123456789abcdef",
        ),
        Finding(
            code="T102",
            slug="dispute-total",
            severity="error",
            title="表四总计不符",
            message="总计应为 13。",
            cells=("t4.direct.total",),
            explained=Explanation(by="张三", reason="口径不同"),
        ),
    )


def sample_check() -> CheckResult:
    """A run with the sample findings: 41 of 42 identities evaluated, one unknown."""
    return CheckResult(
        outcomes=(Outcome(code="C101", subject="t3.carried_in.total", status=Status.UNKNOWN),),
        findings=sample_findings(),
        identities_evaluated=41,
        identities_total=42,
    )
