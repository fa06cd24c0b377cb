"""Tables as other programs hand them over, and values as people type them: right or reported, never wrong in silence."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.domain.cell import CellState
from assistant.domain.report import EditionId, ReadResult
from assistant.files.reading import read_report
from assistant.files.writers import ExportOptions, report_bytes
from tests.files import variants
from tests.files.pages import TABLES, numbered, page, read_page, report_page
from tests.files.test_readers import VALUES, read_word, word_body
from tests.files.variants import STRUCTURES, Box, Change, as_blocks, as_lines, as_preformatted, as_table, drawn, web_page

REPORTED_AT_LEAST_PARTLY = {"total_without_head", "column_of_last_year", "row_deleted"}


def unchanged(name: str, table: list[Box], rnd: random.Random) -> list[Box]:
    return table


def wrong(result: ReadResult, values: dict[str, str]) -> list[str]:
    """Cells whose value is not that printed and that no loss names."""
    named = {loss.cell for loss in result.losses}
    return [cell for cell, printed in values.items() if result.report.value(cell) not in (Decimal(printed), None) and cell not in named]


def missing(result: ReadResult, values: dict[str, str]) -> list[str]:
    return [cell for cell in values if result.report.value(cell) is None]


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("change", STRUCTURES, ids=lambda change: change.__name__)
def test_a_changed_structure_is_read_or_reported(change: Change, edition: EditionId) -> None:
    values = numbered(edition)
    for seed in range(3):
        result = read_page(web_page(edition, values, change, as_table, random.Random(seed)))
        assert wrong(result, values) == []
        if change.__name__ not in REPORTED_AT_LEAST_PARTLY:
            assert missing(result, values) == []
        else:
            assert result.losses


@pytest.mark.parametrize("store", [as_blocks, as_lines, as_preformatted], ids=lambda store: store.__name__)
def test_tables_drawn_without_tables_are_read_by_the_order_of_their_text(store: Callable[[list[Box]], str]) -> None:
    result = read_page(web_page("2021", numbered("2021"), unchanged, store, random.Random(0)))
    assert wrong(result, numbered("2021")) == []
    assert missing(result, numbered("2021")) == []
    assert any("文字的先后" in loss.message for loss in result.losses)
    assert [section.text for section in result.report.sections if section.text] == ["平稳。", "不足。", "无。"]


@pytest.mark.parametrize("gap", [" ", "<br>", "</p><p>"])
def test_figures_apart_in_one_cell_stay_apart_in_the_second_reading(gap: str) -> None:
    values = VALUES | {cell: gap.join(printed) for cell, printed in VALUES.items() if cell.startswith("t3.granted.")}
    result = read_page(web_page("2021", values, variants.without_spans, as_table, random.Random(0)))
    assert wrong(result, VALUES) == []
    assert result.report.value("t3.granted.person") is None
    assert result.report.value("t3.partial.person") == Decimal(VALUES["t3.partial.person"])


@pytest.mark.parametrize("change", STRUCTURES, ids=lambda change: change.__name__)
def test_changed_structures_stay_right_or_reported_without_tables(change: Change) -> None:
    for store in (as_blocks, as_lines):
        assert wrong(read_page(web_page("2021", numbered("2021"), change, store, random.Random(1))), numbered("2021")) == []


@pytest.mark.parametrize(
    "inside",
    [
        "{0}<sub>2</sub>", "{0}<sup>[1]</sup>", '{0}<span style="font-size:0">7</span>', '{0}<span style="opacity: 0">7</span>',
        '<span style="color:transparent">7</span>{0}', "<s>9</s>{0}", "<p>{0}</p>", "<div><span>{0}</span></div>", "<br>{0}&nbsp;", "\u200b{0}\ufeff",
    ],
)  # fmt: skip
def test_markup_around_a_number_never_becomes_part_of_it(inside: str) -> None:
    tables = (as_table(drawn("2021", name, VALUES), lambda box: inside.format(box.text) if box.cell else box.text) for name in TABLES)
    result = read_page(page(tables))
    assert wrong(result, VALUES) == []
    assert missing(result, VALUES) == []


@pytest.mark.parametrize(
    "form", ["{0}元", "{0}%", "{0}、1", "约{0}", "{0}万件", "{0}→0", "O{0}", "{0}，00", "{0}十件", "{0} 0", "{0}/2", "上年{0}"]
)
def test_a_number_with_something_else_in_its_cell_is_reported(form: str) -> None:
    result = read_page(report_page(values={"t3.granted.person": form.format(VALUES["t3.granted.person"])}))
    assert result.report.cell("t3.granted.person").state is CellState.UNREADABLE
    assert "t3.granted.person" in {loss.cell for loss in result.losses}


def test_a_count_with_a_decimal_point_is_read_with_doubt() -> None:
    result = read_page(report_page(values={"t3.granted.person": "1.008"}))
    assert [(loss.cell, "小数点" in loss.message) for loss in result.losses] == [("t3.granted.person", True)]


def test_two_rows_of_values_under_the_head_of_disputes_are_doubted() -> None:
    table = drawn("2021", "t4", VALUES)
    second = [*table, *(Box(4, at, 1, 1, str(900 + at)) for at in range(15))]
    result = read_page(page([*(as_table(drawn("2021", name, VALUES)) for name in TABLES[:2]), as_table(second)]))
    assert wrong(result, VALUES) == []
    assert {cell for cell in VALUES if cell.startswith("t4.")} <= {loss.cell for loss in result.losses}


def test_a_table_that_is_a_picture_is_missing() -> None:
    tables = [as_table(drawn("2021", name, VALUES)) for name in TABLES]
    result = read_page(page([tables[0], '<img src="x.png">', tables[2]]))
    assert wrong(result, VALUES) == []
    assert any("没有找到表三" in loss.message for loss in result.losses)


def in_cell(markup: str) -> ReadResult:
    """A Word report in which the first value of 表三 is `markup`."""
    return read_word(word_body().replace(f"<w:r><w:t>{VALUES['t3.new.person']}</w:t></w:r>", markup, 1))


def test_a_character_of_a_symbol_font_is_no_digit_and_not_left_out() -> None:
    result = in_cell('<w:r><w:sym w:font="Wingdings" w:char="F031"/><w:t>2</w:t></w:r>')
    assert result.report.cell("t3.new.person").state is CellState.UNREADABLE


def test_lowered_digits_alternatives_and_formulas_in_word() -> None:
    lowered = in_cell('<w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>1</w:t></w:r>')
    assert (lowered.report.value("t3.new.person"), {loss.cell for loss in lowered.losses}) == (Decimal(3), {"t3.new.person"})
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:t>3</w:t></mc:Choice><mc:Fallback><w:t>3</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    assert in_cell(both).report.value("t3.new.person") == Decimal(3)
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>45</m:t></m:r></m:oMath>'
    assert in_cell(formula).report.value("t3.new.person") == Decimal(45)


def test_cells_merged_as_old_word_does_it() -> None:
    body = word_body()
    for span in range(10, 1, -1):
        start, rest = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>', "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>"
        while start in body:
            at = body.index(start)
            end = body.index("</w:tc>", at) + len("</w:tc>")
            body = body[:at] + body[at:end].replace(start, '<w:tc><w:tcPr><w:hMerge w:val="restart"/>') + rest * (span - 1) + body[end:]
    result = read_word(body)
    assert {cell.id: str(cell.value) for cell in result.report.cells} == VALUES


def test_a_second_reading_is_not_made_where_the_grid_holds() -> None:
    report = read_page(report_page()).report
    for suffix in (".docx", ".html"):
        assert read_report(report_bytes(report, suffix, options=ExportOptions()), f"x{suffix}").losses == ()


def test_every_structure_is_tried() -> None:
    assert {change.__name__ for change in STRUCTURES} == {
        name for name, value in vars(variants).items()
        if callable(value) and getattr(value, "__annotations__", {}).keys() == {"name", "table", "rnd", "return"}
    }  # fmt: skip
