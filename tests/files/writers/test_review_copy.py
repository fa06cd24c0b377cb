"""The review copy and the evidence annex."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from assistant.domain.cell import Carried, Computed, Counted, Imported, Typed, number_cell
from assistant.domain.draft import DraftSentence
from assistant.domain.report import Block, Report
from assistant.files.writers import ExportOptions, report_bytes
from assistant.files.writers.blocks import paragraph_of
from assistant.files.writers.review_copy import redlined_paragraphs
from tests.files.writers.samples import sample_findings, sample_report, with_text
from tests.files.writers.test_docx_writer import W, body, parts

REVIEW = ExportOptions(review_copy=True)


def paragraphs(document: etree._Element, *, accept: bool) -> list[str]:
    """The paragraphs outside tables once all changes are accepted or rejected, as Word does it."""
    gone = ("del", "moveFrom") if accept else ("ins", "moveTo")
    document = deepcopy(document)
    for table in list(document.iter(f"{W}tbl")):
        table.getparent().remove(table)
    texts, open_text = [], ""
    for paragraph in document.iter(f"{W}p"):
        for change in list(paragraph.iterchildren(*(f"{W}{tag}" for tag in gone))):
            paragraph.remove(change)
        open_text += "".join(text.text or "" for text in paragraph.iter(f"{W}t", f"{W}delText"))
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone[0]}") is None:
            texts.append(open_text)
            open_text = ""
    return [text for text in texts if text]


def expected(report: Report, texts: Report) -> list[str]:
    said = [report.title, *[block.text for block in texts.preamble]]
    for section in report.sections:
        found = texts.section(section.id)
        said += [section.heading, *[block.text for block in (found.blocks if found else ())]]
    return [*said, *[block.text for block in texts.signature]]


WORDS = st.lists(
    st.sampled_from(["本机关公开信息12条。", "收到申请3件，办结3件。", "（一）主动公开。完善栏目。", "开展培训2次。", "没有其他事项。"]),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_accepting_gives_this_year_and_rejecting_gives_last_year(new: list[str], old: list[str]) -> None:
    this = with_text(sample_report(), "overview", *new)
    last = with_text(sample_report(), "overview", *old)
    document = body(report_bytes(this, ".docx", options=REVIEW, previous=last))
    assert paragraphs(document, accept=True) == expected(this, this)
    assert paragraphs(document, accept=False) == expected(this, last)


def test_only_the_changed_figure_is_marked() -> None:
    last = with_text(sample_report(), "other", "本机关收到申请58件，均按期答复。")
    this = with_text(sample_report(), "other", "本机关收到申请70件，均按期答复。")
    document = body(report_bytes(this, ".docx", options=REVIEW, previous=last))
    assert ["".join(change.itertext()) for change in document.iter(f"{W}del")] == ["58"]
    assert ["".join(change.itertext()) for change in document.iter(f"{W}ins")] == ["70"]
    page = html.document_fromstring(report_bytes(this, ".html", options=REVIEW, previous=last).decode())
    assert ([e.text for e in page.iter("del")], [e.text for e in page.iter("ins")]) == (["58"], ["70"])


def _moved(document: etree._Element, tag: str) -> list[tuple[str, str]]:
    """Name and text of every stretch between the marks of a range."""
    found = []
    for start in document.iter(f"{W}{tag}RangeStart"):
        text, after = "", start.getnext()
        while after.tag != f"{W}{tag}RangeEnd":
            text += "".join(after.itertext())
            after = after.getnext()
        assert after.get(f"{W}id") == start.get(f"{W}id")
        found.append((start.get(f"{W}name"), text))
    return found


def test_text_that_stands_elsewhere_now_is_tracked_as_moved() -> None:
    last = with_text(sample_report(), "overview", "收到申请58件，均按期答复。组织公开业务培训2次。", "完善信息公开栏目建设。")
    this = with_text(sample_report(), "overview", "组织公开业务培训2次。", "完善信息公开栏目建设。收到申请70件，均按期答复。")
    document = body(report_bytes(this, ".docx", options=REVIEW, previous=last))
    assert _moved(document, "moveFrom") == [("move1", "收到申请58件，均按期答复。")]
    assert _moved(document, "moveTo") == [("move1", "收到申请70件，均按期答复。")]
    assert ["".join(change.itertext()) for change in document.iter(f"{W}ins", f"{W}del")] == ["70"]
    identities = [
        element.get(f"{W}id")
        for tag in ("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")
        for element in document.iter(f"{W}{tag}")
    ]
    assert len(identities) == len(set(identities))
    assert paragraphs(document, accept=True) == expected(this, this)
    assert paragraphs(document, accept=False) == expected(this, last)


def test_findings_are_comments_with_matching_ranges() -> None:
    content = report_bytes(sample_report(), ".docx", options=REVIEW, findings=sample_findings())
    comments = {comment.get(f"{W}id"): "".join(comment.itertext()) for comment in parts(content)["word/comments.xml"]}
    assert len(comments) == 4
    document = body(content)
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert {element.get(f"{W}id") for element in document.iter(f"{W}{mark}")} == set(comments)
    warning = next(number for number, text in comments.items() if "N102" in text)
    start = next(element for element in document.iter(f"{W}commentRangeStart") if element.get(f"{W}id") == warning)
    assert "".join(start.getnext().itertext()) == "1234条"
    assert "请核对条数" in comments[warning]


def test_a_final_copy_carries_neither_changes_nor_comments() -> None:
    content = report_bytes(sample_report(), ".docx", options=ExportOptions(), findings=sample_findings(), previous=sample_report("2019"))
    assert "word/comments.xml" not in parts(content)
    assert not list(body(content).iter(f"{W}ins", f"{W}del"))


def annex_rows(report: Report, sentences: tuple[DraftSentence, ...] = ()) -> list[list[str]]:
    page = html.document_fromstring(report_bytes(report, ".html", options=ExportOptions(evidence_annex=True), sentences=sentences).decode())
    return [[cell.text_content() for cell in row.iter("td")] for row in page.xpath("//section[@class='annex']//tbody/tr")]


def test_annex_tells_where_each_number_comes_from() -> None:
    sources = {
        "t3.new.person": (
            Counted(file="台账.xlsx", sha256="", rows=("台账!A2", "台账!A3"), measure="自然人"),
            "由台账《台账.xlsx》2 行计得（自然人）：台账!A2、台账!A3",
        ),
        "t3.new.total": (
            Computed(identity="row-total:new", inputs=("t3.new.person", "t3.new.business")),
            "按“总计等于六类申请人之和”由 2 项计算",
        ),
        "t3.carried_in.person": (
            Carried(report_hash="", cell="t3.carried_out.person", year=2022),
            "结转自 2022 年度报告表三“四、结转下年度继续办理”自然人",
        ),
        "t2.rules.issued": (Typed(who="张三", when="2024-01-05T08:00:00"), "张三于 2024-01-05 填写"),
        "t4.direct.total": (Imported(file="去年.pdf", sha256="", method="ocr", confirmed=False), "取自《去年.pdf》（文字识别，尚未核对）"),
    }
    report = sample_report()
    report = report.with_cells(
        *(number_cell(cell, report.value(cell) or 0, provenance=provenance) for cell, (provenance, _) in sources.items())
    )
    rows = annex_rows(report)
    assert all(any(said in row[2] for row in rows) for _, said in sources.values())


def test_annex_covers_every_printed_number_and_names_other_values() -> None:
    report = sample_report()
    report = report.with_cells(
        report.cell("t4.direct.total").model_copy(update={"alternatives": (("台账", report.value("t4.direct.upheld")),)})
    )
    rows = [row for row in annex_rows(report) if row[0].startswith("表")]
    printed = [cell for cell in report.cells if cell.state in ("number", "dash")]
    assert sum(len(row[0].rpartition("”")[2].split("、")) for row in rows) == len(printed)
    assert any("台账为 12" in row[2] for row in rows)


def test_annex_tells_where_each_sentence_comes_from() -> None:
    sentence = DraftSentence(
        section="overview",
        block="overview.1",
        text="收到申请7件。",
        origin="last_year",
        colour="refill",
        facts=("new_total",),
        passages=("条例 第四十九条",),
    )
    rows = annex_rows(sample_report(), (sentence,))
    assert ["一、总体情况", "收到申请7件。", "沿用上年度报告；更新数字；依据：条例 第四十九条；数字：new_total"] in rows
    assert any(row[1] == "本年度未收取信息处理费。" for row in annex_rows(sample_report()))


def test_a_run_in_heading_stays_marked_when_the_paragraph_ends_with_a_new_sentence() -> None:
    old = ("（一）主动公开。全年发布信息26条。", "（二）依申请公开。收到申请3件。")
    new = ("（一）主动公开。全年发布信息31条。另录制音频12期。", "（二）依申请公开。收到申请3件。")
    last, this = ((Block(id=f"overview.{n}", text=text) for n, text in enumerate(texts, 1)) for texts in (old, new))
    drawn = redlined_paragraphs(tuple(last), tuple(paragraph_of(block) for block in this))
    marked = [run.text for paragraph in drawn for run in paragraph.runs if run.lead]
    assert "".join(marked) == "（一）主动公开。（二）依申请公开。"
