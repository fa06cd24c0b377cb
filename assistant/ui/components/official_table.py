"""The statutory tables in their printed layout, editable, with findings beside the cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

from assistant.domain.cell import Carried, Cell, CellState, Computed, Counted, Imported, Typed
from assistant.domain.cell import plain as number
from assistant.domain.finding import Finding
from assistant.domain.report import EditionId, Report, TableId
from assistant.domain.saved import SavedReport
from assistant.forms import load_form, printed_grid
from assistant.ui.components.plain import plain
from assistant.ui.services import local

_RANK = {"error": 0, "warning": 1, "info": 2}
HOW = "改数后按回车；双击单元格或按 F2 看来源。✗ 是错误，! 是提醒，斜纹是空白"
CAPTIONS: dict[TableId, str] = {"t2": f"表二　截至 12 月 31 日　{HOW}", "t3": f"表三　{HOW}", "t4": f"表四　{HOW}"}


@cache
def _component() -> Any:
    folder = resources.files("assistant.ui").joinpath("static")
    script, style = (folder.joinpath(f"official_table.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
    return st.components.v2.component("nianbao_official_table", html='<div class="holder"></div>', js=script, css=style)


def source_of(cell: Cell) -> str:
    """Where a cell's value comes from, in a short Chinese sentence."""
    match cell.provenance:
        case Counted(rows=rows, measure=measure):
            return f"来源：台账 {len(rows)} 行{'（' + measure + '）' if measure else ''}"
        case Computed(inputs=inputs):
            return f"来源：由 {len(inputs)} 个单元格合计"
        case Carried(year=year):
            return f"来源：{year} 年度报告结转"
        case Imported(file=file):
            return f"来源：{file} {cell.locator}".rstrip()
        case Typed(who=who, when=when):
            return f"来源：{who}填写 {local(when)[:10]}"
        case _:
            return "来源：未记录"


def shown(cell: Cell) -> str:
    """The text in the box: the number, or what was printed where there is none."""
    if cell.state is CellState.NUMBER and cell.value is not None:
        return number(cell.value)
    return cell.raw if cell.state in (CellState.DASH, CellState.UNREADABLE) else ""


def official_table(
    report: Report, table: TableId, findings: tuple[Finding, ...], *, key: str, on_edit: Callable[[], None] | None = None
) -> Any:
    """Show a table; an edit arrives as `result.edit = {"cell", "text"}`, a double click as `result.selected`."""
    edition: EditionId = report.edition
    names = load_form(edition).names
    by_cell: dict[str, list[Finding]] = {}
    for finding in findings:
        for cell_id in finding.cells:
            by_cell.setdefault(cell_id, []).append(finding)
    cells = []
    for place in printed_grid(edition, table):
        entry: dict[str, Any] = place.model_dump()
        if place.cell:
            cell = report.cell(place.cell)
            marks = sorted(by_cell.get(place.cell, []), key=lambda finding: _RANK[finding.severity])
            entry |= {
                "text": shown(cell),
                "state": cell.state.value,
                "name": names[place.cell],
                "source": source_of(cell),
                "computed": isinstance(cell.provenance, Computed),
                "severity": marks[0].severity if marks else "",
                "notes": [finding.message for finding in marks],
            }
        cells.append(entry)
    data = {"table": table, "caption": CAPTIONS[table], "cells": cells, "editable": on_edit is not None}
    return _component()(key=key, data=data, on_edit_change=on_edit or (lambda: None), on_selected_change=lambda: None)


def passport(saved: SavedReport, cell_id: str) -> None:
    """Everything known about one cell: value, source, last year's value, the register rows, the sentences that use it."""
    report = saved.report
    cell = report.cell(cell_id)
    with st.container(border=True):
        st.markdown(f"**{load_form(report.edition).names.get(cell_id, cell_id)}**")
        st.text(f"本年 {shown(cell) or '空白'}；{source_of(cell)}")
        if saved.previous is not None and (last := saved.previous.value(cell_id)) is not None:
            st.text(f"上年 {number(last)}")
        for where, value in cell.alternatives:
            st.warning(plain(f"{where}为 {number(value)}，与表中数字不同。"))
        if isinstance(cell.provenance, Counted):
            st.caption(plain("台账行：" + "、".join(cell.provenance.rows)))
        if isinstance(cell.provenance, Computed):
            names = load_form(report.edition).names
            st.caption("合计自：" + "、".join(names.get(name, name) for name in cell.provenance.inputs))
        for sentence in saved.sentences:
            if saved.facts and any(cell_id in fact.cells for fact in saved.facts.facts if fact.name in sentence.facts):
                st.caption(plain(f"用在：{sentence.text}"))
