"""表格与核对: the three tables in the official layout, findings beside the cells, and where each number comes from."""

from __future__ import annotations

from functools import partial
from typing import get_args

import streamlit as st

from assistant import workflow
from assistant.domain.report import TableId
from assistant.errors import AssistantError
from assistant.forms import load_form
from assistant.ui.components.findings import elsewhere, findings_list, fix_all, summary
from assistant.ui.components.official_table import official_table, passport
from assistant.ui.components.plain import plain
from assistant.ui.components.registers import given
from assistant.ui.components.stale import stale_view
from assistant.ui.services import PAGES, checked, now, require_report, show_error, who

found = require_report()
result = checked(found)
st.title("表格与核对")
summary(result)


def edited(table: TableId) -> None:
    """Take over what was typed into a cell and recompute the totals that depend on it."""
    edit = st.session_state[f"table_{table}"].edit
    if not edit:
        return
    try:
        found.change(
            lambda saved: workflow.set_cell(saved, edit["cell"], edit["text"], who=who(), when=now()),
            f"改{load_form(found.saved.report.edition).names.get(edit['cell'], '')}",
            place=lambda saved: saved.report.cell(edit["cell"]),
        )
    except AssistantError as error:
        st.session_state["table_error"] = error


if error := st.session_state.pop("table_error", None):
    show_error(error)

for told in workflow.outdated(found.saved, given(found)):
    st.warning(plain(f"{told}请到“材料与填表”重新填表。"))
stale_view(found)
tables, side = st.container(key="tables_beside").columns([7, 4])
with tables:
    for tab, table in zip(st.tabs(["表二 主动公开", "表三 申请办理", "表四 复议诉讼"]), get_args(TableId), strict=True):
        with tab:
            shown = official_table(found.saved.report, table, result.findings, key=f"table_{table}", on_edit=partial(edited, table))
            if shown.selected:
                passport(found.saved, shown.selected)
with side:
    st.subheader("核对结果")
    fix_all(found, result)
    findings_list(found, (finding for finding in result.findings if finding.cells), key="cells", none="三张表没有发现问题。")
    elsewhere(found, (finding for finding in result.findings if not finding.cells), key="rest")
    if found.saved.notes:
        with st.expander(f"填表说明（{len(found.saved.notes)}）", expanded=any(note.needs_decision for note in found.saved.notes)):
            for note in found.saved.notes:
                st.text(f"{'待决定：' if note.needs_decision else ''}{note.message}")
            if any(note.needs_decision for note in found.saved.notes):
                st.page_link(PAGES["materials"], label="去材料页决定")
