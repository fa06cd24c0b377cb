"""Uploading a file in a role, and what was read from last year's report."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from assistant import workflow
from assistant.domain.report import ReadResult, Report
from assistant.errors import AssistantError
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, services, show_error
from assistant.workspace import Attachment


def material(found: Open, role: str, label: str, kinds: list[str]) -> Attachment | None:
    """An upload box; the file is kept at once, so that a reload finds it again, and stays until another is given or it is taken out."""
    workspace, state = services().workspace, st.session_state
    place = f"{role}_{found.entry.id}"
    key = f"{place}_{state.get(place, 0)}"  # a new box after each removal: an upload box cannot be emptied otherwise

    def kept_at_once() -> None:
        if (file := state[key]) is not None:
            try:
                workspace.attach(found.entry.id, role, file.name, file.getvalue())
            except AssistantError as error:
                state[f"{place}.error"] = error

    def taken_out() -> None:
        workspace.detach(found.entry.id, role)
        state[place] = state.get(place, 0) + 1

    st.file_uploader(label, type=kinds, key=key, on_change=kept_at_once)
    if error := state.pop(f"{place}.error", None):
        show_error(error)
    kept = workspace.attachment(found.entry.id, role)
    if kept:
        line = st.container(horizontal=True, vertical_alignment="center")
        line.caption(plain(f"已存：{kept.name}（{len(kept.data) / 1024:.0f} KB）"), width="content")
        line.button("移除", key=f"{place}.out", on_click=taken_out, help=f"不再使用这份{label.removesuffix('（可选）')}", type="tertiary")
    return kept


@st.cache_data(show_spinner="正在读上年报告……", max_entries=20)
def _read(name: str, sha256: str, _data: bytes) -> ReadResult | AssistantError:
    try:
        return workflow.read_bytes(name, _data)
    except AssistantError as error:
        return error


def read_summary(found: Open, attachment: Attachment) -> None:
    """What was read: unit, year, edition, cells by state, sections, and everything that was not taken over; and whether it is the right file."""
    result = _read(attachment.name, attachment.sha256, attachment.data)
    if isinstance(result, AssistantError):
        show_error(result)
        return
    report = result.report
    states = Counter(cell.state.value for cell in report.cells)
    st.caption(
        f"{plain(report.unit or '单位未认出')} · {report.year or '年度未认出'} · {report.edition} 版格式 · 数字 {states['number']} 格，空白 {states['blank']} 格"
    )
    for doubt in _doubts(found, report):
        st.warning(plain(doubt))
    if result.losses:
        with st.expander(f"未照读 {len(result.losses)} 处"):
            for loss in result.losses:
                st.text(f"{loss.message} {loss.locator}".rstrip())


def _doubts(found: Open, report: Report) -> list[str]:
    wanted = found.entry.year - 1
    doubts = []
    if report.year and report.year != wanted:
        doubts.append(f"这是 {report.year} 年度的报告，上年应为 {wanted} 年度。请确认没有选错文件。")
    if report.unit and report.unit != found.entry.unit:
        doubts.append(f"这份报告的单位是“{report.unit}”，与“{found.entry.unit}”不同。请确认没有选错文件。")
    return doubts
