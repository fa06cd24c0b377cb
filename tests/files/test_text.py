"""Plain text: tables by label however the lines were broken; what cannot be told apart is reported."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from assistant.domain.cell import CellState
from assistant.domain.report import LossKind, ReadResult
from assistant.files.reading import read_report
from assistant.forms import load_form
from tests.files.pages import numbered

FORM = load_form("2021")
VALUES = numbered("2021")
HEADS = "申请人情况\n自然\n人\n法人或其他组织\n总计\n商业\n企业\n科研\n机构\n社会\n公益\n组织\n法律\n服务\n机构\n其他\n"
DISPUTES_HEAD = (
    "行政复议 行政诉讼\n结果\n维持\n结果\n纠正\n其他\n结果\n尚未\n审结\n总计\n未经复议直接起诉 复议后起诉\n"
    + "结果\n维持\n结果\n纠正\n其他\n结果\n尚未\n审结\n总计\n" * 2
)


def stacked(separator: str = " ") -> str:
    lines = []
    for block in FORM.t2.blocks:
        lines += [block.label, separator.join([FORM.t2.header, *(column.label for column in block.columns)])]
        lines += [separator.join([row.label, *(VALUES[f"t2.{row.id}.{column.id}"] for column in block.columns)]) for row in block.rows]
    return "\n".join(lines)


def row(row_id: str) -> str:
    return " ".join(VALUES[f"t3.{row_id}.{column.id}"] for column in FORM.t3.columns)


def matrix() -> str:
    lines = [FORM.t3.corner[:20], FORM.t3.corner[20:], HEADS]
    seen: set[str] = set()
    for line in FORM.t3.rows:
        for group in line.groups:
            if group not in seen:
                seen.add(group)
                lines += [FORM.t3.groups[group][:4], FORM.t3.groups[group][4:]]
        lines.append(f"{line.label} {row(line.id)}")
    return "\n".join(lines)


def disputes() -> str:
    return DISPUTES_HEAD + " ".join(VALUES[cell_id] for cell_id in FORM.t4.cell_ids)


def text(t2: str | None = None, t3: str | None = None, t4: str | None = None) -> str:
    return f"""某某市统计局2023年政府信息公开工作年度报告
一、总体情况
平稳。
二、主动公开政府信息情况
{stacked() if t2 is None else t2}
三、收到和处理政府信息公开申请情况
{matrix() if t3 is None else t3}
四、政府信息公开行政复议、行政诉讼情况
{disputes() if t4 is None else t4}
五、存在的主要问题及改进情况
不足。
六、其他需要报告的事项
无。
"""


def read(content: str) -> ReadResult:
    return read_report(content.encode(), "x.txt")


def assert_nothing_wrong(result: ReadResult) -> None:
    named = {loss.cell for loss in result.losses}
    for cell_id, printed in VALUES.items():
        assert result.report.value(cell_id) in (Decimal(printed), None) or cell_id in named, cell_id


def test_raw_lines_are_read_completely() -> None:
    result = read(text())
    assert result.losses == ()
    assert {cell.id: str(cell.value) for cell in result.report.cells} == VALUES
    assert [section.heading for section in result.report.sections] == [section.printed for section in FORM.sections]


def test_a_tab_that_closes_every_line_is_no_blank_cell() -> None:
    tabbed = text().replace(" ", "\t")
    closed = "\n".join(line + "\t" for line in tabbed.splitlines())
    one, other = read(closed).report, read(tabbed).report
    assert [(cell.id, cell.value, cell.state) for cell in one.cells] == [(cell.id, cell.value, cell.state) for cell in other.cells]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_any_usual_encoding(encoding: str) -> None:
    assert read_report(text().encode(encoding), "x.txt").losses == ()


def test_labels_broken_before_inside_and_after_the_values() -> None:
    full = f"{FORM.t3.rows[20].label} {row('other.uncorrected')}"
    label = FORM.t3.rows[20].label
    for broken in (
        f"{label[:9]}\n{label[9:]} {row('other.uncorrected')}",
        f"{label[:9]} {row('other.uncorrected')}\n{label[9:]}",
        f"{label[:9]}\n{label[9:]}\n{row('other.uncorrected')}",
        f"{label}\n{row('other.uncorrected')[:-4]}\n{row('other.uncorrected')[-3:]}",
    ):
        result = read(text(t3=matrix().replace(full, broken)))
        assert_nothing_wrong(result)
        assert result.report.value("t3.other.uncorrected.person") == Decimal(VALUES["t3.other.uncorrected.person"]), broken


def test_a_number_broken_over_lines_is_not_put_together() -> None:
    value = VALUES["t4.reconsideration.total"]
    result = read(text(t4=disputes().replace(f" {value} ", f" {value[0]}\n{value[1:]} ")))
    assert_nothing_wrong(result)
    assert result.report.cell("t4.reconsideration.total").state is CellState.UNREADABLE
    assert LossKind.WIDTH_MISMATCH in {loss.kind for loss in result.losses}


def test_a_blank_and_a_broken_number_are_no_seven_values() -> None:
    """Seven pieces on two lines that do not add up could be anything."""
    result = read(text(t3=matrix().replace(row("granted"), "12\n3 0 0 0 0 123")))
    named = {loss.cell for loss in result.losses if loss.kind is LossKind.UNCERTAIN}
    assert {"t3.granted.person", "t3.granted.total"} <= named
    assert read(text(t3=matrix().replace(row("granted"), "12 3 0 0 0 0\n15"))).losses == ()


def test_a_missing_value_is_reported_and_shifts_nothing() -> None:
    line = row("granted")
    result = read(text(t3=matrix().replace(line, line.split(" ", 1)[1])))
    assert_nothing_wrong(result)
    assert [(loss.kind, loss.cell) for loss in result.losses] == [(LossKind.WIDTH_MISMATCH, "t3.granted.person")]
    result = read(text(t2=stacked().replace(f"规章 {VALUES['t2.rules.issued']} ", "规章 ")))
    assert_nothing_wrong(result)
    assert result.losses[0].kind is LossKind.WIDTH_MISMATCH


def test_a_lost_row_is_missing_and_shifts_nothing() -> None:
    result = read(text(t3=matrix().replace(f"2.重复申请 {row('rejected.repeat')}\n", "")))
    assert_nothing_wrong(result)
    assert result.report.cell("t3.rejected.repeat.person").state is CellState.ABSENT
    assert result.report.value("t3.rejected.publication.person") == Decimal(VALUES["t3.rejected.publication.person"])


def test_a_label_without_its_values_is_not_given_those_of_its_neighbour() -> None:
    result = read(text(t3=matrix().replace(f"2.重复申请 {row('rejected.repeat')}", "2.重复申请")))
    assert_nothing_wrong(result)
    assert result.report.cell("t3.rejected.repeat.person").value is None


def test_a_doubled_row_label_is_reported() -> None:
    result = read(text(t2=stacked().replace("行政强制", "行政处罚")))
    assert_nothing_wrong(result)
    assert [(loss.kind, loss.cell) for loss in result.losses] == [
        (LossKind.DUPLICATED_ROW, "t2.coercion.decisions"), (LossKind.CONFLICT, "t2.penalty.decisions"),
    ]  # fmt: skip


def test_columns_of_disputes_in_another_order_are_not_read_by_position() -> None:
    swapped = disputes().replace("结果\n维持\n结果\n纠正", "结果\n纠正\n结果\n维持")
    assert_nothing_wrong(read(text(t4=swapped)))


def test_values_under_one_another_are_told_by_their_columns() -> None:
    """Laid-out text: the last value of a broken row stands a line above the others."""
    columns = [30, 40, 50, 60, 70, 80, 90]

    def laid(label: str, values: list[str], skip: tuple[int, ...] = ()) -> str:
        line = label
        for at, value in zip(columns, values, strict=True):
            if columns.index(at) not in skip:
                line = line.ljust(at) + value
        return line

    lines = [
        " " * 30 + "申请人情况",
        laid("（本列数据的勾稽关系为：第一项加第二项之和，", ["自然", "商业", "科研", "社会公益", "法律服务", "其他", "总计"]),
    ]
    lines += [laid("等于第三项加第四项之和）", ["人", "企业", "机构", "组织", "机构", "", ""]), " " * 45 + "法人或其他组织"]
    for line in FORM.t3.rows:
        values = row(line.id).split()
        if line.id == "partial":
            lines.append(laid(line.label[:16], values, skip=(0, 1, 2, 3, 4, 5)))
            lines.append(laid("", values, skip=(6,)))
            lines.append(line.label[16:])
        else:
            lines.append(laid(line.label if len(line.label) < 28 else line.label[:25], values))
            lines += [line.label[25:]] if len(line.label) >= 28 else []
    result = read(text(t3="\n".join(lines)))
    assert_nothing_wrong(result)
    assert [result.report.value(f"t3.partial.{column.id}") for column in FORM.t3.columns] == [
        Decimal(value) for value in row("partial").split()
    ]


def test_wrapped_lines_become_paragraphs_again() -> None:
    long = "本年度我局坚持以公开为常态、不公开为例外的原则推进各项工作落实到位，"
    content = text().replace("平稳。", f"{long}\n{long[:-1]}。\n（一）主动公开情况。按月公布数据。")
    overview = read(content).report.sections[0]
    assert [block.text for block in overview.blocks] == [long + long[:-1] + "。", "（一）主动公开情况。按月公布数据。"]


def test_changed_lines_and_labels_never_give_a_wrong_value_silently() -> None:
    """Lines lost, doubled, swapped or cut, and labels replaced by other ones."""
    rnd = random.Random(5)
    labels = [line.label for line in FORM.t3.rows] + [line.label for block in FORM.t2.blocks for line in block.rows]
    whole = text()
    lines = whole.splitlines()
    for number in range(60):
        changed = list(lines)
        at = rnd.randrange(5, len(lines) - 6)
        kind = ("lost", "doubled", "swapped", "cut", "relabelled")[number % 5]
        if kind == "lost":
            del changed[at]
        elif kind == "doubled":
            changed.insert(at, changed[at])
        elif kind == "swapped":
            changed[at], changed[at + 1] = changed[at + 1], changed[at]
        elif kind == "cut":
            changed[at] = changed[at].partition(" ")[2]
        else:
            old, new = rnd.sample(labels, 2)
            changed = whole.replace(old, new, 1).splitlines()
        assert_nothing_wrong(read("\n".join(changed)))


def test_values_behind_an_unknown_label_are_not_given_to_another_row() -> None:
    result = read(text(t2=stacked().replace("行政处罚", "行政征收")))
    assert_nothing_wrong(result)
    assert result.report.value("t2.coercion.decisions") == Decimal(VALUES["t2.coercion.decisions"])
    assert LossKind.UNPLACED_ROW in {loss.kind for loss in result.losses}


def test_a_further_column_leaves_no_row_of_text_without_doubt() -> None:
    """With eight columns and a blank cell a row has seven values, too."""
    lines = []
    for line in FORM.t3.rows:
        values = [*row(line.id).split(), "900"]
        lines.append(" ".join([line.label, *(values[1:] if line.id == "granted" else values)]))
    head = matrix().split(f"{FORM.t3.rows[0].label} ")[0]
    for separator in (" ", "\t"):
        result = read(text(t3=head + "\n".join(lines).replace(" ", separator)))
        assert_nothing_wrong(result)


def test_a_row_that_numbers_the_columns_of_disputes_is_no_row_of_values() -> None:
    values = "\t".join(VALUES[cell_id] for cell_id in FORM.t4.cell_ids)
    numbering = "\t".join(str(number) for number in range(1, 16))
    assert_nothing_wrong(read(text(t2=stacked("\t"), t3=matrix().replace(" ", "\t"), t4=f"{DISPUTES_HEAD}{numbering}\n{values}")))
