"""Tables of the deadlines page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from assistant import workflow
from assistant.ui.services import services

if TYPE_CHECKING:
    from assistant.tables.register_report import RegisterReport


@st.cache_data(show_spinner="正在计算期限……", max_entries=20)
def deadlines_of(fingerprint: str, today: date, _given: workflow.Materials) -> RegisterReport:
    """The report on the register of applications, as of a day."""
    return workflow.deadlines(_given.registers["applications"], _given.choices.get("applications", {}), today, services().settings)


def open_view(report: RegisterReport) -> None:
    """Applications not settled yet, most urgent first, and how each deadline was counted."""
    st.subheader("没有办结的申请")
    if not report.open:
        st.success("全部办结。")
        return
    rows = [
        {
            "编号": item.number,
            "台账位置": item.locator,
            "收到": f"{item.received:%Y-%m-%d}",
            "期限": f"{item.due:%Y-%m-%d}" if item.due else "—",
            "剩余工作日": "—" if item.days_left is None else str(item.days_left),
            "状态": workflow.STATES[item.state],
        }
        for item in report.open
    ]
    st.dataframe(rows, hide_index=True, width="stretch")
    with st.expander("期限怎样算出"):
        for item in report.open:
            st.text(f"{item.number or item.locator}：{'；'.join(str(step) for step in item.deadline.steps)}")


def late_view(report: RegisterReport) -> None:
    """Replies given too late."""
    if report.late:
        st.subheader("答复时已超期")
        rows = [
            {"编号": item.number, "台账位置": item.locator, "收到": f"{item.received:%Y-%m-%d}", "期限": f"{item.due:%Y-%m-%d}",
             "答复": f"{item.answered:%Y-%m-%d}", "超期工作日": item.days_late}
            for item in report.late
        ]  # fmt: skip
        st.dataframe(rows, hide_index=True, width="stretch")


def fees_view(report: RegisterReport) -> None:
    """Fees that the register gives rise to, and rows that seem to be one application."""
    charged = workflow.charges(report)
    if charged:
        st.subheader("可以收取信息处理费的")
        st.caption("按件、按量只能选一种；是否收取由本机关决定。")
        for what, yuan in charged:
            st.text(f"{what}：{yuan} 元")
    if report.duplicates:
        st.subheader("可能重复登记")
        for item in report.duplicates:
            st.text(f"{item.why}：{'、'.join(item.rows)}")
