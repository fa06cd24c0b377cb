"""Placing by label: what stands in the wrong place, is missing, doubled or misprinted is read by its label or reported."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.cell import CellState
from assistant.domain.report import EditionId, GridCell, LossKind, ReadResult, SectionId
from assistant.files.grid.breaks import join_pieces
from assistant.files.grid.numbers import read_value
from assistant.files.raw import RawCell, RawTable
from assistant.forms import load_form
from tests.files.pages import TABLES, numbered, page, read_page, report_page, table


def wrong(result: ReadResult, edition: EditionId = "2021") -> dict[str, Decimal | None]:
    """Cells whose value differs from the printed number and that no loss names."""
    named = {loss.cell for loss in result.losses}
    expected = numbered(edition)
    return {
        cell_id: result.report.value(cell_id)
        for cell_id, printed in expected.items()
        if result.report.value(cell_id) not in (Decimal(printed), None) and cell_id not in named
    }


def kinds(result: ReadResult) -> set[LossKind]:
    return {loss.kind for loss in result.losses}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_cell_of_both_editions_is_read_by_its_label(edition: EditionId) -> None:
    result = read_page(report_page(edition))
    assert result.losses == ()
    assert result.report.edition == edition
    assert {cell.id: str(cell.value) for cell in result.report.cells} == numbered(edition)
    assert [cell.id for cell in result.report.cells] == list(load_form(edition).cell_ids)
    assert all(label.match == "exact" for label in result.report.labels)
    assert {cell.cell for grid in result.report.grids for cell in grid.cells if cell.cell} == set(numbered(edition))


def test_unit_year_preamble_and_signature_are_found() -> None:
    report = read_page(report_page()).report
    assert (report.unit, report.year) == ("某某市统计局", 2023)
    assert [block.id for block in report.preamble] == ["preamble.1"]
    assert [block.text for block in report.signature] == ["某某市统计局", "2024年1月20日"]
    assert [section.id for section in report.sections] == list(SectionId)


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("12", CellState.NUMBER, "12"), ("３,００１", CellState.NUMBER, "3001"), ("1,234,567.5", CellState.NUMBER, "1234567.5"),
        ("3件", CellState.NUMBER, "3"), (" 7\u3000", CellState.NUMBER, "7"), ("-5", CellState.NUMBER, "-5"), ("－5", CellState.NUMBER, "-5"),
        ("", CellState.BLANK, None), ("\u200b \xa0", CellState.BLANK, None), ("/", CellState.DASH, None), ("／", CellState.DASH, None),
        ("—", CellState.DASH, None), ("无", CellState.DASH, None),
        ("30,01", CellState.UNREADABLE, None), ("12\n34", CellState.UNREADABLE, None), ("1 2", CellState.UNREADABLE, None),
        ("约3", CellState.UNREADABLE, None), ("1.2.3", CellState.UNREADABLE, None), ("O", CellState.UNREADABLE, None), ("3元", CellState.UNREADABLE, None),
        ("75%", CellState.UNREADABLE, None), ("①", CellState.UNREADABLE, None), ("–5", CellState.UNREADABLE, None), ("1e5", CellState.UNREADABLE, None),
    ],
)  # fmt: skip
def test_a_value_is_a_number_blank_dash_or_unreadable(text: str, state: CellState, value: str | None) -> None:
    reading = read_value(text)
    assert reading.state is state
    assert reading.value == (Decimal(value) if value else None)


@pytest.mark.parametrize("text", ["3①", "3²", "3*", "3注1", "3[1]"])
def test_a_footnote_mark_is_no_digit(text: str) -> None:
    reading = read_value(text)
    assert (reading.value, bool(reading.doubt)) == (Decimal(3), True)


def test_an_amount_in_another_unit_is_not_taken() -> None:
    assert read_value("5,949.09万元", "万元").value == Decimal("5949.09")
    assert read_value("59490900元", "万元").state is CellState.UNREADABLE
    assert read_value("7.27亿元", "万元").state is CellState.UNREADABLE


def test_blank_dash_and_unreadable_cells_are_kept_apart_and_reported() -> None:
    result = read_page(
        report_page(values={"t3.new.person": "", "t3.new.business": "/", "t3.new.research": "见附件", "t4.direct.total": "5①"})
    )
    cells = result.report
    assert [cells.cell(f"t3.new.{name}").state for name in ("person", "business", "research")] == [
        CellState.BLANK, CellState.DASH, CellState.UNREADABLE,
    ]  # fmt: skip
    assert [(loss.kind, loss.cell) for loss in result.losses] == [
        (LossKind.UNREADABLE_CELL, "t3.new.research"), (LossKind.UNCERTAIN, "t4.direct.total"),
    ]  # fmt: skip


def test_columns_in_another_order_are_read_by_their_heads() -> None:
    def swapped(cell: GridCell) -> str | None:
        return {"商业企业": "科研机构", "科研机构": "商业企业"}.get(cell.text)

    result = read_page(report_page(text=swapped))
    expected = numbered("2021")
    assert result.report.value("t3.new.business") == Decimal(expected["t3.new.research"])
    assert result.report.value("t3.new.research") == Decimal(expected["t3.new.business"])


def test_rows_in_another_order_are_read_by_their_labels() -> None:
    first, second = "2.重复申请", "3.要求提供公开出版物"
    result = read_page(report_page(text=lambda cell: {first: second, second: first}.get(cell.text)))
    assert result.report.value("t3.rejected.repeat.person") == Decimal(numbered("2021")["t3.rejected.publication.person"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("四、结转下年度继续办理", "四、结转下半年度继续办理"), ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出具以获取信息"),
        ("2.其他法律行政法规禁止公开", "2．其他法律法规禁止公开"), ("3.危及“三安全一稳定”", "3、危及三安全一稳定"), ("1.属于国家秘密", "１． 属于国家\n秘密"),
        ("行政诉讼", "行政投诉"), ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "(二)部分公开"), ("（七）总计", "（七） 总  计"),
    ],
)  # fmt: skip
def test_misprinted_and_respelled_labels_are_recognised(old: str, new: str) -> None:
    result = read_page(report_page(text=lambda cell: new if cell.text == old else None))
    assert result.losses == ()
    assert wrong(result) == {}
    assert all(cell.state is CellState.NUMBER for cell in result.report.cells)
    assert next(label for label in result.report.labels if label.expected == old).match != "exact"


def test_a_doubled_row_is_never_taken_for_the_missing_one() -> None:
    result = read_page(report_page(text=lambda cell: "行政处罚" if cell.text == "行政强制" else None))
    assert result.report.cell("t2.coercion.decisions").state is CellState.ABSENT
    assert result.report.value("t2.penalty.decisions") == Decimal(numbered("2021")["t2.penalty.decisions"])
    doubled = next(loss for loss in result.losses if loss.kind is LossKind.DUPLICATED_ROW)
    assert doubled.cell == "t2.coercion.decisions"
    assert "不能断定" in doubled.message


@pytest.mark.parametrize(
    ("old", "new"), [("6.属于四类过程性信息", "5.属于三类内部事务信息"), ("5.属于三类内部事务信息", "6.属于四类过程性信息")]
)
def test_of_two_rows_with_one_label_the_one_between_its_neighbours_is_read(old: str, new: str) -> None:
    result = read_page(report_page(text=lambda cell: new if cell.text == old else None))
    assert LossKind.DUPLICATED_ROW in kinds(result)
    right = {"5": "internal", "6": "process"}[new[0]]
    missing = {"5": "internal", "6": "process"}[old[0]]
    assert result.report.value(f"t3.denied.{right}.person") == Decimal(numbered("2021")[f"t3.denied.{right}.person"])
    assert result.report.cell(f"t3.denied.{missing}.person").state is CellState.ABSENT
    assert {loss.cell for loss in result.losses} >= {f"t3.denied.{right}.person", f"t3.denied.{missing}.person"}


def test_a_deleted_row_is_missing_and_nothing_shifts() -> None:
    tables = [table("2021", name, numbered("2021"), drop_rows=(9,) if name == "t3" else ()) for name in TABLES]
    result = read_page(page(tables))
    absent = {cell.id for cell in result.report.cells if cell.state is CellState.ABSENT}
    assert len(absent) == 7
    assert len({cell.rpartition(".")[0] for cell in absent}) == 1
    assert wrong(result) == {}
    assert LossKind.MISSING_CELL in kinds(result)


def test_a_foreign_row_is_reported_and_does_not_shift_the_others() -> None:
    def foreign(cell: GridCell) -> str | None:
        return "5.属于本单位自定事项甲乙丙" if cell.text == "5.属于三类内部事务信息" else None

    result = read_page(report_page(text=foreign))
    assert LossKind.UNPLACED_ROW in kinds(result)
    assert wrong(result) == {}


@pytest.mark.parametrize("cell_id", ["t2.rules.issued", "t3.new.person", "t3.granted.other", "t4.reconsideration.upheld"])
@pytest.mark.parametrize("new", ["", "<td>0</td><td>0</td>"])
def test_a_row_with_too_few_or_too_many_values_is_not_placed(cell_id: str, new: str) -> None:
    printed = f'<td rowspan="1" colspan="1">{numbered("2021")[cell_id]}</td>'
    content = report_page().decode()
    assert content.count(printed) == 1
    result = read_page(content.replace(printed, new).encode())
    assert kinds(result) == {LossKind.WIDTH_MISMATCH}
    assert result.report.cell(cell_id).state is CellState.UNREADABLE
    assert wrong(result) == {}


def test_merged_values_are_not_divided() -> None:
    t2, t3, t4 = (table("2021", name, numbered("2021")) for name in TABLES)
    cells = "".join(f'<td rowspan="1" colspan="1">{numbered("2021")[f"t3.granted.{name}"]}</td>' for name in ("person", "business"))
    assert cells in t3
    result = read_page(page([t2, t3.replace(cells, '<td colspan="2">5</td>'), t4]))
    assert LossKind.WIDTH_MISMATCH in kinds(result)
    assert result.report.cell("t3.granted.person").state is CellState.UNREADABLE
    assert wrong(result) == {}


def test_a_second_copy_of_a_table_with_other_numbers_is_a_conflict() -> None:
    t2, t3, t4 = (table("2021", name, numbered("2021")) for name in TABLES)
    other = table("2021", "t3", numbered("2021") | {"t3.new.person": "999"})
    result = read_page(page([t2, t3 + "<p>附表</p>" + other, t4]))
    assert LossKind.EXTRA_TABLE in kinds(result)
    conflict = next(loss for loss in result.losses if loss.kind is LossKind.CONFLICT)
    assert conflict.cell == "t3.new.person"
    assert result.report.cell("t3.new.person").alternatives[0][1] == Decimal(999)


def test_other_tables_are_set_aside() -> None:
    t2, t3, t4 = (table("2021", name, numbered("2021")) for name in TABLES)
    extra = "<table><tr><td>渠道</td><td>条数</td></tr><tr><td>网站</td><td>120</td></tr></table>"
    result = read_page(page([extra + t2, t3, t4]))
    assert kinds(result) == {LossKind.EXTRA_TABLE}
    assert wrong(result) == {}
    assert all(cell.state is CellState.NUMBER for cell in result.report.cells)


def test_the_edition_follows_the_labels_not_the_year() -> None:
    report = read_page(report_page("2019")).report
    assert (report.year, report.edition) == (2023, "2019")


def test_where_the_tables_disagree_the_year_decides_and_nothing_is_dropped() -> None:
    t2, t3, t4 = table("2019", "t2", numbered("2019")), table("2021", "t3", numbered("2021")), table("2021", "t4", numbered("2021"))
    result = read_page(page([t2, t3, t4]))
    assert result.report.edition == "2021"
    assert result.report.value("t2.procurement.amount") is not None
    assert result.report.cell("t2.fees.amount").state is CellState.ABSENT


def test_missing_tables_and_sections_are_named() -> None:
    t2, _, t4 = (table("2021", name, numbered("2021")) for name in TABLES)
    content = page([t2, "", t4]).replace("<h2>五、存在的主要问题及改进情况</h2>".encode(), b"")
    result = read_page(content)
    assert [(loss.kind, loss.message) for loss in result.losses] == [
        (LossKind.MISSING_TABLE, "没有找到表三。"), (LossKind.MISSING_SECTION, "没有找到“五、存在的主要问题及改进情况”一节。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "section"),
    [
        ("五、存在的主要问题及改进情况", "五、存在的主要问题及改情况", SectionId.PROBLEMS), ("六、其他需要报告的事项", "五、其他需要报告的事项", SectionId.OTHER),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政法复议、行政诉讼情况", SectionId.DISPUTES),
        ("五、存在的主要问题及改进情况", "第五部分 存在问题和下一步打算", SectionId.PROBLEMS), ("一、总体情况", "一、 总体情况", SectionId.OVERVIEW),
    ],
)  # fmt: skip
def test_misnumbered_and_mistyped_headings_are_found(old: str, new: str, section: SectionId) -> None:
    report = read_page(report_page().decode().replace(old, new).encode()).report
    assert [part.id for part in report.sections] == list(SectionId)
    found = report.section(section)
    assert found is not None
    assert found.heading == new


def piece(*rows: tuple[str, ...]) -> RawTable:
    return RawTable(tuple(RawCell(at, column, text=text) for at, row in enumerate(rows) for column, text in enumerate(row)))


def texts(joined: RawTable) -> list[list[str]]:
    return [[cell.text for cell in sorted(joined.cells, key=lambda cell: cell.column) if cell.row == row] for row in range(joined.rows)]


def test_a_label_cut_by_a_page_break_is_joined_with_its_values() -> None:
    upper, lower = piece(("3.补正后申请内容", "1", "2")), piece(("仍不明确", "", ""), ("2.重复申请", "3", "4"))
    assert texts(join_pieces(upper, lower)) == [["3.补正后申请内容\n仍不明确", "1", "2"], ["2.重复申请", "3", "4"]]


def test_values_alone_below_a_page_break_belong_to_the_label_above() -> None:
    assert texts(join_pieces(piece(("2.重复申请", "", "")), piece(("", "3", "4")))) == [["2.重复申请", "3", "4"]]


def test_whole_rows_on_both_sides_of_a_page_break_stay_apart() -> None:
    assert len(texts(join_pieces(piece(("2.重复申请", "1", "2")), piece(("3.要求提供公开出版物", "3", "4"))))) == 2
    assert len(texts(join_pieces(piece(("2.重复申请", "1", "2")), piece(("", "3", "4"))))) == 2


def test_a_row_label_in_a_foreign_block_does_not_take_the_place_of_the_real_row() -> None:
    result = read_page(report_page(text=lambda cell: "行政处罚" if cell.text == "行政许可" else None))
    assert result.report.value("t2.penalty.decisions") == Decimal(numbered("2021")["t2.penalty.decisions"])
    assert result.report.cell("t2.licensing.decisions").state is CellState.ABSENT
    assert [(loss.kind, loss.cell) for loss in result.losses] == [
        (LossKind.DUPLICATED_ROW, "t2.licensing.decisions"), (LossKind.CONFLICT, "t2.penalty.decisions"),
    ]  # fmt: skip


def test_a_row_under_the_label_of_another_block_is_read_with_doubt() -> None:
    result = read_page(report_page(text=lambda cell: "第二十条第（五）项" if cell.text == "第二十条第（八）项" else None))
    assert result.report.value("t2.fees.amount") is None or "t2.fees.amount" in {loss.cell for loss in result.losses}
    assert wrong(result) == {}
