"""办理期限: what is due and overdue in the register, late replies, fees, duplicates; the deadlines for a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from assistant import workflow
from assistant.ui.components.deadlines import deadlines_of, fees_view, late_view, open_view
from assistant.ui.components.plain import plain
from assistant.ui.components.registers import given
from assistant.ui.services import PAGES, require_report

found = require_report()
st.title("办理期限")
materials = given(found)
register = materials.registers.get("applications")
if register is None:
    st.info("还没有给出申请台账。")
    st.page_link(PAGES["materials"], label="去给出台账")
    st.stop()
choices = materials.choices["applications"]
today = st.date_input("按哪一天计算", value=date.today(), format="YYYY-MM-DD")
report = deadlines_of(materials.fingerprint, today, materials)
open_column, overdue, late = st.columns(3)
open_column.metric("没有办结", len(report.open))
overdue.metric("已超期", len(report.overdue))
late.metric("答复时已超期", len(report.late))
open_view(report)
if any(item.due for item in report.open):
    st.download_button(
        "下载到期提醒（日历文件）",
        partial(workflow.calendar_file, register, choices, report, datetime.now(UTC)),
        file_name=f"{found.entry.unit}-答复期限.ics",
        help="导入 Outlook、手机日历等；只含登记编号和台账位置，不含申请人信息",
    )
late_view(report)
fees_view(report)
for note in report.notes:
    st.caption(plain(note))
