"""A cell of the form explained: what it is, which relations hold for it, and in a report where its number comes from."""

from __future__ import annotations

from assistant.domain.cell import Carried, Cell, CellState, Computed, Counted, Imported, Typed, plain
from assistant.domain.report import EditionId
from assistant.domain.saved import SavedReport
from assistant.errors import InvalidData
from assistant.forms import load_form


def is_cell(key: str) -> bool:
    """Whether a key is the id of a cell rather than the code of a rule."""
    return key.startswith(("t2.", "t3.", "t4."))


def cell_lines(cell_id: str, edition: EditionId = "2021", saved: SavedReport | None = None) -> list[str]:
    """The cell for people, a statement a line. Raises `InvalidData` for a cell that the form does not have."""
    form = load_form(saved.report.edition if saved else edition)
    if cell_id not in form.cell_ids:
        raise InvalidData(
            f"{form.edition} 版格式没有单元格 {cell_id}。", "单元格编号如 t3.new.person；nianbao read --format json 列出全部。"
        )
    lines = [f"{cell_id}：{form.names[cell_id]}"]
    for identity in form.instances:
        if cell_id in (*identity.left, *identity.right):
            lines.append(f"勾稽关系：{identity.title}（{form.names[identity.left[0]]}）")
    if saved is not None:
        lines += _in_report(saved, saved.report.cell(cell_id), form.names)
    return lines


def _in_report(saved: SavedReport, cell: Cell, names: dict[str, str]) -> list[str]:
    from assistant.tables.compute import stale_cells

    value = (
        plain(cell.value)
        if cell.value is not None
        else {CellState.DASH: "斜杠", CellState.UNREADABLE: f"读不出（{cell.raw}）"}.get(cell.state, "空白")
    )
    lines = [f"{saved.report.unit or ''} {saved.report.year or ''} 年度：{value}", *_source(cell, names)]
    lines += [f"另有来源不同：{where} {plain(other)}" for where, other in cell.alternatives]
    if cell.id in stale_cells(saved.report):
        lines.append("已过时：所依据的单元格后来改过，需要重新计算。")
    if saved.previous is not None and (last := saved.previous.value(cell.id)) is not None:
        lines.append(f"上年：{plain(last)}")
    told = {fact.name for fact in saved.facts.facts if cell.id in fact.cells} if saved.facts else set()
    return lines + [f"用在：{sentence.text}" for sentence in saved.sentences if sentence.text and told & set(sentence.facts)]


def _source(cell: Cell, names: dict[str, str]) -> list[str]:
    match cell.provenance:
        case Counted(file=file, rows=rows, measure=measure):
            return [f"来源：{measure or '台账'}“{file}”{len(rows)} 行" + (f"：{'、'.join(rows)}" if rows else "")]
        case Computed(identity="roll-up", inputs=units):
            return [f"来源：下级单位相加：{'、'.join(units) or '各单位均为 0'}"]
        case Computed(inputs=inputs):
            return [f"来源：合计自 {'、'.join(names.get(name, name) for name in inputs)}"]
        case Carried(year=year, cell=last):
            return [f"来源：{year} 年度报告的“{names.get(last, last)}”"]
        case Imported(file=file):
            return [f"来源：{file} {cell.locator}".rstrip()]
        case Typed(who=who, when=when):
            return [f"来源：{who}填写（{when[:10]}）"]
        case _:
            return ["来源：未记录"]
