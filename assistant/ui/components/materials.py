"""Uploading a file in a role, and what was read from last year's report."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from assistant import workflow
from assistant.domain.report import ReadResult
from assistant.errors import AssistantError
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, services, show_error
from assistant.workspace import Attachment


def material(found: Open, role: str, label: str, kinds: list[str]) -> Attachment | None:
    """An upload box; the file is kept at once, so that a reload finds it again."""
    workspace = services().workspace
    given = st.file_uploader(label, type=kinds, key=f"{role}_{found.entry.id}")
    if given is not None:
        workspace.attach(found.entry.id, role, given.name, given.getvalue())
    kept = workspace.attachment(found.entry.id, role)
    if kept:
        st.caption(plain(f"已存：{kept.name}（{len(kept.data) / 1024:.0f} KB）"))
    return kept


@st.cache_data(show_spinner="正在读上年报告……", max_entries=20)
def _read(name: str, sha256: str, _data: bytes) -> ReadResult | AssistantError:
    try:
        return workflow.read_bytes(name, _data)
    except AssistantError as error:
        return error


def read_summary(attachment: Attachment) -> None:
    """What was read: unit, year, edition, cells by state, sections, and everything that was not taken over."""
    result = _read(attachment.name, attachment.sha256, attachment.data)
    if isinstance(result, AssistantError):
        show_error(result)
        return
    report = result.report
    states = Counter(cell.state.value for cell in report.cells)
    st.caption(
        f"{plain(report.unit or '单位未认出')} · {report.year or '年度未认出'} · {report.edition} 版格式 · 数字 {states['number']} 格，空白 {states['blank']} 格"
    )
    if result.losses:
        with st.expander(f"未照读 {len(result.losses)} 处"):
            for loss in result.losses:
                st.text(f"{loss.message} {loss.locator}".rstrip())
