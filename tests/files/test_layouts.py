"""Tables drawn otherwise than the form prints them: read by label where that is certain, else reported."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.domain.report import EditionId, LossKind, ReadResult, TableId
from assistant.files.grid.numbers import read_value
from assistant.files.reading import read_report
from assistant.forms import load_form, printed_grid
from tests.files.pages import TABLES, numbered, page, read_page, table

Rows = list[list[str]]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
FORM = load_form("2021")
GROUPS = {group.id: [numbered("2021")[f"t4.{group.id}.{column.id}"] for column in FORM.t4.columns] for group in FORM.t4.groups}
FIRST, DIRECT, AFTER = GROUPS.values()


def rows(edition: EditionId, name: TableId, repeat: bool = True, values: dict[str, str] | None = None) -> Rows:
    """A table without merged cells: their text in every place they covered, or in the first alone."""
    cells = printed_grid(edition, name)
    width = max(cell.column + cell.column_span for cell in cells)
    found = [[""] * width for _ in range(max(cell.row + cell.row_span for cell in cells))]
    filled = numbered(edition) | (values or {})
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                if repeat or (row, column) == (cell.row, cell.column):
                    found[row][column] = filled[cell.cell] if cell.cell else cell.text
    return found


def silent(result: ReadResult, expected: dict[str, str]) -> dict[str, Decimal | None]:
    named = {loss.cell for loss in result.losses}
    return {
        key: value
        for key, printed in expected.items()
        if (value := result.report.value(key)) not in (read_value(printed).value, None) and key not in named
    }


def all_read(result: ReadResult, edition: EditionId = "2021") -> bool:
    return {cell.id: str(cell.value) for cell in result.report.cells} == numbered(edition)


def html(drawn: Rows) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in drawn) + "</table>"


def markdown(drawn: Rows) -> str:
    lines = [f"| {' | '.join(row)} |" for row in drawn]
    return "\n".join([lines[0], "|" + "---|" * len(drawn[0]), *lines[1:]])


def joined(mark: str) -> Callable[[Rows], str]:
    return lambda drawn: "\n".join(mark.join(row) for row in drawn)


def quoted(drawn: Rows) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(drawn)
    return made.getvalue()


def framed(drawn: Rows) -> str:
    width = [max(len(row[at]) for row in drawn) for at in range(len(drawn[0]))]
    rule = "+" + "+".join("-" * size for size in width) + "+"
    return "\n".join(
        [
            rule,
            *(
                line
                for row in drawn
                for line in ("|" + "|".join(text.ljust(size) for text, size in zip(row, width, strict=True)) + "|", rule)
            ),
        ]
    )


def text_report(tables: list[str], mark: str = "") -> bytes:
    t2, t3, t4 = tables
    return f"""{mark}某某市统计局2023年政府信息公开工作年度报告

本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。

{mark}一、总体情况

平稳。

{mark}二、主动公开政府信息情况

{t2}

{mark}三、收到和处理政府信息公开申请情况

{t3}

{mark}四、政府信息公开行政复议、行政诉讼情况

{t4}

{mark}五、存在的主要问题及改进情况

不足。

{mark}六、其他需要报告的事项

无。
""".encode()


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("repeat", [True, False])
def test_merged_labels_may_be_repeated_or_leave_blanks(edition: EditionId, repeat: bool) -> None:
    result = read_page(page(html(rows(edition, name, repeat)) for name in TABLES))
    assert all_read(result, edition)
    assert result.losses == ()


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize("draw", [markdown, joined("|"), joined(" │ "), joined(","), joined(";"), joined("\t"), quoted, framed])
def test_tables_drawn_in_text_are_read(draw: Callable[[Rows], str], repeat: bool) -> None:
    result = read_report(text_report([draw(rows("2021", name, repeat)) for name in TABLES]), "报告.txt")
    assert all_read(result)
    assert [section.heading for section in result.report.sections] == [section.printed for section in FORM.sections]
    assert [block.text for block in result.report.sections[0].blocks] == ["平稳。"]


def test_markdown_marks_are_no_text() -> None:
    content = text_report([markdown(rows("2021", name)) for name in TABLES], "## ").replace(
        "平稳。".encode(), "**平稳**，见[公告](http://a.cn/)。".encode()
    )
    result = read_report(content, "报告.md")
    assert all_read(result)
    assert result.losses == ()
    assert result.report.unit == "某某市统计局"
    assert result.report.sections[0].blocks[0].text == "平稳，见公告。"


def test_tables_in_markdown_may_be_html() -> None:
    result = read_report(text_report([table("2021", name, numbered("2021")) for name in TABLES], "# "), "报告.md")
    assert all_read(result)
    assert result.losses == ()


def test_an_unquoted_thousands_separator_is_not_taken_for_the_end_of_a_cell() -> None:
    values = {"t3.new.person": "1,250", "t3.new.total": "", "t2.rules.issued": "3,004"}
    result = read_report(text_report([joined(",")(rows("2021", name, values=values)) for name in TABLES]), "x.txt")
    assert silent(result, numbered("2021") | values) == {}
    assert result.report.value("t3.new.business") is None
    assert LossKind.WIDTH_MISMATCH in {loss.kind for loss in result.losses}


@pytest.mark.parametrize("draw", [joined("\t"), joined(","), joined("|"), markdown])
def test_blank_cells_left_out_at_the_end_of_rows_shift_nothing(draw: Callable[[Rows], str]) -> None:
    values = {cell: "" for at, cell in enumerate(FORM.cell_ids) if at % 3}
    drawn = [rows("2021", name, False, values) for name in TABLES]
    trimmed = [[row[: max((at + 1 for at, text in enumerate(row) if text), default=0)] for row in each] for each in drawn]
    result = read_report(text_report([draw(each) for each in trimmed]), "x.txt")
    assert silent(result, numbered("2021") | values) == {}


def test_labels_may_stand_behind_those_above_them() -> None:
    """`三、本年度办理结果（三）不予公开1.属于国家秘密` in one cell."""
    drawn = rows("2021", "t3")
    paths = [*drawn[:3], *([*["".join(dict.fromkeys(row[:3]))] * 3, *row[3:]] for row in drawn[3:])]
    result = read_page(page([table("2021", "t2", numbered("2021")), html(paths), table("2021", "t4", numbered("2021"))]))
    assert all_read(result)


def test_a_label_behind_a_group_it_does_not_belong_to_is_not_placed() -> None:
    t2, t3, t4 = (table("2021", name, numbered("2021")) for name in TABLES)
    result = read_page(page([t2, t3.replace("2.重复申请", "（四）无法提供2.重复申请"), t4]))
    assert result.report.value("t3.rejected.repeat.person") is None
    assert LossKind.UNPLACED_ROW in {loss.kind for loss in result.losses}


DISPUTES = {
    "rows": [["类别", "", *OUTCOMES], ["行政复议", "", *FIRST], ["行政诉讼", "未经复议直接起诉", *DIRECT], ["", "复议后起诉", *AFTER]],
    "total first": [
        ["类别", *OUTCOMES[4:], *OUTCOMES[:4]],
        *(
            [name, *each[4:], *each[:4]]
            for name, each in zip(["行政复议", "未经复议直接起诉", "行政诉讼-复议后起诉"], GROUPS.values(), strict=True)
        ),
    ],
    "one below the other": [
        line
        for name, each in zip(["行政复议", "未经复议直接起诉", "复议后起诉"], GROUPS.values(), strict=True)
        for line in ([name], OUTCOMES, each)
    ],
    "one head": [
        OUTCOMES,
        *(
            line
            for name, each in zip(["行政复议", "未经复议直接起诉", "复议后起诉"], GROUPS.values(), strict=True)
            for line in ([name], each)
        ),
    ],
    "turned": [
        ["", "行政复议", "未经复议直接起诉", "复议后起诉"],
        *([outcome, *each] for outcome, *each in zip(OUTCOMES, FIRST, DIRECT, AFTER, strict=True)),
    ],
}


@pytest.mark.parametrize("drawn", DISPUTES.values(), ids=DISPUTES)
def test_disputes_are_read_however_their_table_is_drawn(drawn: Rows) -> None:
    t2, t3 = (table("2021", name, numbered("2021")) for name in TABLES[:2])
    assert all_read(read_page(page([t2, t3, html(drawn)])))


def test_disputes_are_read_from_a_table_for_each_group() -> None:
    t2, t3 = (table("2021", name, numbered("2021")) for name in TABLES[:2])
    captions = ["（一）行政复议", "（二）行政诉讼——未经复议直接起诉", "（三）复议后起诉"]
    t4 = "".join(f"<p>{caption}</p>{html([OUTCOMES, each])}" for caption, each in zip(captions, GROUPS.values(), strict=True))
    result = read_page(page([t2, t3, t4]))
    assert all_read(result)
    assert result.losses == ()


def test_sums_and_second_rows_of_disputes_are_reported() -> None:
    t2, t3 = (table("2021", name, numbered("2021")) for name in TABLES[:2])
    drawn = [*DISPUTES["one below the other"][:3], ["1", "2", "3", "4", "5"], *DISPUTES["one below the other"][3:], ["合计", "9"]]
    result = read_page(page([t2, t3, html(drawn)]))
    assert silent(result, numbered("2021")) == {}
    assert LossKind.CONFLICT in {loss.kind for loss in result.losses}


def test_a_raised_note_in_brackets_is_a_note() -> None:
    reading = read_value("6[¹]")
    assert (reading.value, bool(reading.doubt)) == (Decimal(6), True)


def test_values_under_a_header_that_was_not_fully_recognised_are_held_back() -> None:
    """One head is unknown and one value missing: as many values as known heads, and yet not theirs."""
    content = text_report([joined(" ")(rows("2021", name, False)) for name in TABLES]).decode()
    content = content.replace("本年废止件数", "另行统计的数").replace("规章 1 2 3", "规章 1 3")
    result = read_report(content.encode(), "x.txt")
    assert result.report.value("t2.rules.issued") is None
    assert silent(result, numbered("2021")) == {}
