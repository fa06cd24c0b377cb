"""S025–S026: the right edition of the form for the year."""

from __future__ import annotations

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged, unknown
from assistant.checks.registry import rule
from assistant.domain.cell import CellState
from assistant.domain.finding import Outcome
from assistant.errors import UnsupportedYear
from assistant.forms import form_for_year, load_form


@rule("S025", "S026")
def edition(ctx: CheckContext) -> tuple[Outcome, ...]:
    """The trial layout after 2020 (S025), or the present layout before 2021 (S026): one finding, however many labels differ."""
    if ctx.year is None:
        return (unknown("S025", "tables", "报告年度不明"), unknown("S026", "tables", "报告年度不明"))
    try:
        right = form_for_year(ctx.year)
    except UnsupportedYear as error:
        return (unknown("S025", "tables", error.message), unknown("S026", "tables", error.message))
    used = ctx.form
    if right.edition != used.edition:
        evidence, what = _evidence(ctx, right.edition), "表格"
    elif foreign := _rows_of_another_edition(ctx):
        used = load_form("2019" if used.edition == "2021" else "2021")
        evidence, what = [f"表二有“{'”“'.join(foreign)}”等行"], "表二"
    else:
        return judged("S025", [], "tables") + judged("S026", [], "tables")
    code, other = ("S025", "S026") if used.edition < right.edition else ("S026", "S025")
    message = (
        f"{ctx.year} 年度报告应使用 {right.edition} 年版格式（{right.document.number}），{what}却是 {used.edition} 年版（{used.document.number}）："
        f"{'；'.join(evidence)}。"
    )
    finding = found(ctx, code, message, expected=right.edition, actual=used.edition)
    return judged(code, [finding], "tables") + judged(other, [], "tables")


def _evidence(ctx: CheckContext, right: str) -> list[str]:
    """What shows the layout: blocks and columns of 表二, rows of 表三 that only the edition used has."""
    used, wanted = ctx.form, load_form("2021" if right == "2021" else "2019")
    told = []
    columns = {column.label for block in wanted.t2.blocks for column in block.columns}
    foreign = [column.label for block in used.t2.blocks for column in block.columns if column.label not in columns]
    if foreign and any(ctx.state(cell) is not CellState.ABSENT for cell in used.t2.cell_ids):
        told.append(f"表二有“{'”“'.join(dict.fromkeys(foreign[:3]))}”等栏")
    rows = {row.id for row in wanted.t3.rows}
    single = [row for row in used.t3.rows if row.id not in rows and ctx.state(f"t3.{row.id}.total") is not CellState.ABSENT]
    missing = len(wanted.t3.rows) - len(used.t3.rows)
    if single and missing > 0:
        told.append(f"表三“{single[0].label}”只有一行，应分列 {missing + len(single)} 行")
    return told or ["表内栏目与现行格式不同"]


def _rows_of_another_edition(ctx: CheckContext) -> tuple[str, ...]:
    """The rows of 表二 that only the other edition has, where rows of the right one are missing for them."""
    other = load_form("2019" if ctx.report.edition == "2021" else "2021")
    own = set(ctx.form.t2.cell_ids)
    mine = {cell.rsplit(".", 1)[0] for cell in own}
    missing = {row for row in mine if all(cell in ctx.absent for cell in own if cell.rsplit(".", 1)[0] == row)}
    foreign = [
        cell.id for cell in ctx.report.cells if cell.id.startswith("t2.") and cell.id not in own and cell.state is not CellState.ABSENT
    ]
    rows = [row.label for block in other.t2.blocks for row in block.rows if any(cell.startswith(f"t2.{row.id}.") for cell in foreign)]
    return tuple(rows) if missing and rows else ()
