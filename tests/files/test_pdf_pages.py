"""PDF pages drawn by hand: where paragraphs end, tables without some of their rules, turned headers, rows cut by the end of a page."""

from __future__ import annotations

from assistant.files.reading import read_report
from tests.files.pages import numbered
from tests.files.pdfs import LEFT, WIDTHS, Sheet, draw, form_cells, pdf

INDENT = 24.0
SHORT = (
    "政务公开栏目更新及时，内容完整。",
    "全年举办培训两期。",
    "公开指南每年修订一次，目录同步更新。",
    "信息公开申请渠道畅通，答复均在期限之内。",
    "平台运行平稳。",
)


def paragraphs_of(*sheets: Sheet) -> list[str]:
    return [block.text for block in read_report(pdf(sheets), "x.pdf").report.sections[0].blocks]


def headed(rest: tuple[str, ...], left: float = LEFT + INDENT) -> Sheet:
    sheet = Sheet()
    sheet.text(200, 50, "某某市统计局2023年政府信息公开工作年度报告", 14)
    for at, line in enumerate(("一、总体情况", *rest, "五、存在的主要问题及改进情况", "六、其他需要报告的事项")):
        sheet.text(left, 90 + 20 * at, line, 12)
    return sheet


def test_a_page_of_single_lines_all_indented_is_as_many_paragraphs() -> None:
    assert paragraphs_of(headed(SHORT)) == list(SHORT)


def test_the_left_edge_of_a_page_of_single_lines_is_that_of_the_other_pages() -> None:
    """Nothing on the second page says that its lines are indented; the first one does."""
    full = ("本年度坚持以公开为常态不公开为例外的原则推进各项工作落实" * 2)[:37]
    sheet = Sheet()
    sheet.text(200, 50, "某某市统计局2023年政府信息公开工作年度报告", 14)
    sheet.text(LEFT + INDENT, 70, "一、总体情况", 12)
    for at in range(3):
        sheet.text(LEFT + INDENT, 90 + 80 * at, full, 12)
        sheet.text(LEFT, 110 + 80 * at, full + "甲乙", 12)
        sheet.text(LEFT, 130 + 80 * at, "到位。", 12)
    second = Sheet()
    for at in range(4):
        second.text(LEFT + INDENT, 50 + 20 * at, full, 12)
    assert len(paragraphs_of(sheet, second)) == 7


def test_what_is_drawn_beside_the_page_is_not_printed() -> None:
    """Found by fuzzing: a line a hundred thousand kilometres to the right took that many blanks."""
    sheet = headed(SHORT)
    sheet.text(99999999, 200, "在页外的文字", 12)
    sheet.text(300, -500, "在页外的文字", 12)
    assert paragraphs_of(sheet) == list(SHORT)


def test_a_whole_report_drawn_by_hand_is_read() -> None:
    values = numbered("2021")
    first, second = Sheet(), Sheet()
    first.text(150, 40, "某某市统计局2023年政府信息公开工作年度报告", 14)
    top = draw(first, *form_cells("2021", "t2", values), WIDTHS["t2"], 80)
    draw(first, *form_cells("2021", "t4", values), WIDTHS["t4"], top + 30)
    draw(second, *form_cells("2021", "t3", values), WIDTHS["t3"], 40)
    report = read_report(pdf([first, second]), "x.pdf").report
    assert {cell.id: str(cell.value) for cell in report.cells} == values
