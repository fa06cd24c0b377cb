"""Registers on the materials page: how their columns are understood, and what a person must decide. Choices are remembered per unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from assistant import workflow
from assistant.domain.register import ColumnMapping, RegisterKind
from assistant.errors import AssistantError
from assistant.ui.components.materials import material
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, services, show_error
from assistant.workspace import Attachment

if TYPE_CHECKING:
    from assistant.tables.result import DecisionNeeded, FillResult

HOW = {"name": "按列名", "pattern": "按列名样式", "choice": "人工指定"}
NOT_USED = "不用"
IGNORE = "ignore"


def role(kind: RegisterKind) -> str:
    """Under which role the file of a kind is kept."""
    return "register" if kind == "applications" else kind


def other_registers(found: Open) -> None:
    """Upload boxes for the registers that may be given beside that of applications."""
    with st.expander("其他台账（可选）：填表二、表四用；也可以与申请台账放在同一个工作簿里"):
        kinds = [kind for kind in workflow.REGISTERS if kind != "applications"]
        for column, kind in zip(st.columns(len(kinds)), kinds, strict=True):
            with column:
                material(found, role(kind), workflow.REGISTERS[kind], ["xlsx", "xls", "csv"])


def kept_registers(found: Open) -> dict[RegisterKind, Attachment]:
    """The registers given so far, by kind."""
    kept = {kind: services().workspace.attachment(found.entry.id, role(kind)) for kind in workflow.REGISTERS}
    return {kind: file for kind, file in kept.items() if file is not None}


def given(found: Open) -> workflow.Materials:
    """Everything given for the report, with the choices and decisions remembered."""
    workspace, unit = services().workspace, found.entry.unit
    files = {kind: (file.name, file.data) for kind, file in kept_registers(found).items()}
    previous, facts = (workspace.attachment(found.entry.id, one) for one in ("previous", "facts"))
    return workflow.Materials(
        previous=(previous.name, previous.data) if previous else None,
        registers=files,
        facts=(facts.name, facts.data) if facts else None,
        choices=workflow.column_choices(workspace, unit),
        decided=workflow.decisions_made(workspace, unit, found.entry.year, files),
    )


@st.cache_data(show_spinner="正在读台账……", max_entries=30)
def _views(
    sha256: str, kind: RegisterKind, choices: Mapping[RegisterKind, Mapping[str, str]], _file: Attachment
) -> tuple[workflow.RegisterView, ...]:
    return workflow.register_views((_file.name, _file.data), kind, choices)


def columns_view(found: Open) -> bool:
    """Every register: entries read, and a table of its columns in which the meaning can be changed. Whether all of them can be counted."""
    fine = True
    choices = workflow.column_choices(services().workspace, found.entry.unit)
    for kind, file in kept_registers(found).items():
        try:
            views = _views(file.sha256, kind, choices, file)
        except AssistantError as error:
            show_error(error)
            fine = False
            continue
        for view in views:
            _register(found, kind, view)
            fine = fine and not view.trouble
    return fine


def _register(found: Open, given_as: RegisterKind, view: workflow.RegisterView) -> None:
    if view.trouble:
        st.error(plain(view.trouble))
    with st.expander(f"{workflow.REGISTERS[view.kind]}：读到 {view.entries} 条记录；看列对应", expanded=bool(view.trouble)):
        for mapping in view.mappings:
            _mapping(found, given_as, view, mapping)
        for line in view.skipped[:20]:
            st.caption(plain(line))
        if len(view.skipped) > 20:
            st.caption(f"另有 {len(view.skipped) - 20} 行没有作为记录。")


def _mapping(found: Open, given_as: RegisterKind, view: workflow.RegisterView, mapping: ColumnMapping) -> None:
    st.caption(f"工作表“{plain(mapping.sheet)}”，第 {mapping.header_rows[1]} 行是列名。改动后记住，下次同样处理。")
    known = {column.header: column for column in mapping.columns}
    names = ["", *view.fields]
    for header in dict.fromkeys((*known, *mapping.unused)):
        column = known.get(header)
        left, middle, right = st.columns([3, 4, 3], vertical_alignment="center")
        left.text(f"{header}（{column.column} 列）" if column else header)
        key = f"column_{given_as}_{view.kind}_{mapping.sheet}_{header}_{column.field if column else ''}"

        def chosen(header: str = header, key: str = key) -> None:
            workflow.choose_column(services().workspace, found.entry.unit, view.kind, header, st.session_state[key] or IGNORE)

        middle.selectbox(
            header,
            names,
            index=names.index(column.field) if column else 0,
            format_func=lambda name: view.fields.get(name, NOT_USED),
            key=key,
            on_change=chosen,
            label_visibility="collapsed",
        )
        right.caption(HOW[column.by] if column else "没有用到")


@st.cache_data(show_spinner="正在核对台账……", max_entries=20)
def _left(fingerprint: str, unit: str, year: int, _given: workflow.Materials) -> FillResult:
    return workflow.left_to_decide(unit, year, _given)


def decisions_view(found: Open) -> None:
    """What the registers leave open and where sources differ, with the answers to choose from."""
    workspace, unit, year, all_given = services().workspace, found.entry.unit, found.entry.year, given(found)
    result = _left(all_given.fingerprint, unit, year, all_given)
    made = all_given.decided
    waiting = len(result.decisions_needed) + sum(one.cell not in made.cells for one in result.differences)
    if waiting:
        st.subheader(f"需要决定 {waiting} 项")
        st.caption("决定按单位记住，下次填表照用；没有决定的不计入表中，填表说明里会列出。")
    for number, needed in enumerate(result.decisions_needed):
        labels = workflow.options(needed, year)
        key = f"decision_{number}_{needed.kind}_{needed.wording}_{needed.rows[:1]}"

        def decided(needed: DecisionNeeded = needed, key: str = key) -> None:
            workflow.decide(workspace, unit, needed, st.session_state[key], all_given.registers)

        st.text(needed.message)
        for row, why in workflow.reasons(needed, year).items():
            st.caption(plain(f"{labels.get(row, row)}：{why}"))
        st.selectbox(
            plain(needed.message), list(labels), index=None, format_func=labels.__getitem__, key=key, on_change=decided,
            placeholder="请选择", label_visibility="collapsed",
        )  # fmt: skip
    for differing in result.differences:
        sources = {name: source for source, name in workflow.sources_of(differing).items()}
        key = f"difference_{differing.cell}_{differing.taken_from}_{differing.other_from}"

        def settled(cell: str = differing.cell, key: str = key, sources: dict[str, str] = sources) -> None:
            workflow.decide_cell(workspace, unit, year, cell, sources[st.session_state[key]])

        st.text(differing.message)
        if sources:
            st.selectbox("采用", list(sources), index=0, key=key, on_change=settled)
    count = len(made.outcomes) + len(made.categories) + len(made.wordings) + len(made.rows) + len(made.cells)
    if count and st.button(f"撤回已作的 {count} 项决定"):
        workflow.forget_decisions(workspace, unit, year, all_given.registers)
        st.rerun()
