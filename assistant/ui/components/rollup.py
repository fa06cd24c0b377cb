"""A roll-up on the page: how far it is, what to chase up first, then the sums with their parts, then the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from assistant import workflow
from assistant.errors import AssistantError
from assistant.forms import load_form
from assistant.ui.jobs import Job
from assistant.ui.services import services, show_error


@dataclass(frozen=True)
class Order:
    """What to roll up: the unit it is for, the year (None: the one all reports agree on), the units that have to report."""

    unit: str
    year: int | None
    expected: tuple[str, ...]


@dataclass(frozen=True)
class _Rolling:
    """A roll-up under way: `parts` grows while the reports are read and checked."""

    name: str
    order: Order
    total: int
    parts: list[workflow.Part] = field(default_factory=list)


def start_rolling(files: Sequence[tuple[str, bytes]], order: Order) -> None:
    """Read and check the files in the background, in place of what this window had rolled up or was rolling up."""
    if before := st.session_state.pop("rolling", None):
        services().jobs.stop(before.name)
    st.session_state.pop("rolled", None)
    rolling = _Rolling(f"rollup-{uuid4().hex}", order, len(files))

    def work(job: Job) -> None:
        for name, data in files:
            if job.stopped():
                return
            job.add(f"{name}\n")
            rolling.parts.append(workflow.read_part((name, data)))

    services().jobs.start(rolling.name, work)
    st.session_state["rolling"] = rolling


def rolling_view() -> None:
    """How far the reading is and a button to stop it; what was read is added up when it is done."""
    rolling: _Rolling | None = st.session_state.get("rolling")
    if rolling is None:
        return
    job = services().jobs.get(rolling.name)
    if job is None or job.done:
        _finish(rolling, job)
        return

    @st.fragment(run_every=0.5)
    def follow() -> None:
        if job.done:
            st.rerun()
        done = len(rolling.parts)
        st.progress(done / rolling.total, f"正在读取、核对：已完成 {done} / {rolling.total}")
        if st.button("停止"):
            job.stopping.set()

    follow()


def _finish(rolling: _Rolling, job: Job | None) -> None:
    st.session_state.pop("rolling")
    services().jobs.forget(rolling.name)
    order, parts = rolling.order, rolling.parts
    try:
        if job is not None and job.error:
            raise job.error
        if len(parts) < rolling.total:
            st.info(f"已停止，没有汇总：{rolling.total} 份报告中读了 {len(parts)} 份。")
            return
        st.session_state["rolled"] = workflow.roll_up_parts(parts, unit=order.unit, year=order.year, expected=order.expected)
    except AssistantError as error:
        show_error(error)


def rolled_view(rolled: workflow.RolledUp) -> None:
    """Who is missing and what is wrong, the sums, the downloads."""
    result = rolled.result
    summed, missing, wrong = st.columns(3)
    summed.metric("已汇总单位", len(result.summed))
    missing.metric("未报单位", len(result.missing))
    wrong.metric("有差错或没有汇入", len(result.troubles) + len(rolled.unread))
    _listed("未报", result.missing)
    _listed("不在应报名单内", result.unexpected)
    _listed("没有读出", rolled.unread)
    told = [f"{one.unit}{'（没有汇入）' if one.refused else ''}：{'；'.join(one.messages)}" for one in result.troubles]
    _listed("有差错", tuple(told))
    names = load_form(result.report.edition).names
    _listed("有空白（没有当作零）", tuple(f"{names[gap.cell]}：{'、'.join(gap.units)}" for gap in result.gaps))
    st.subheader("合计及各单位的数")
    st.dataframe(workflow.rolled_up_rows(rolled), hide_index=True, width="stretch")
    stem = f"{result.report.unit or '汇总'}-{result.report.year}-汇总"
    for column, (kind, label) in zip(st.columns([1, 1, 4]), {"xlsx": "三张表", "json": "数据文件"}.items(), strict=False):
        column.download_button(f"下载{label}", workflow.rolled_up_bytes(rolled, kind), file_name=f"{stem}.{kind}")


def _listed(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        with st.expander(f"{title}（{len(lines)}）", expanded=len(lines) <= 12):
            for line in lines:
                st.text(line)
