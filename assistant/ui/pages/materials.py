"""材料与填表: give last year's report, the registers and this year's facts; see what was read; decide what is open; fill the tables."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.errors import AssistantError
from assistant.ui.components.materials import material, read_summary
from assistant.ui.components.registers import columns_view, decisions_view, given, kept_registers, other_registers
from assistant.ui.services import PAGES, require_report, show_error, who

found = require_report()
st.title("材料与填表")
st.caption("文件只存在本机。台账中的姓名、证件号和电话不会进入报告、日志，也不会交给模型。")

previous_column, register_column, facts_column = st.columns(3)
with previous_column:
    previous = material(found, "previous", "上年报告", ["docx", "doc", "wps", "pdf", "html", "htm", "xlsx", "txt", "md", "json"])
    if previous:
        read_summary(found, previous)
with register_column:
    material(found, "register", "申请台账", ["xlsx", "xls", "csv"])
with facts_column:
    material(found, "facts", "本年事实（可选）", ["yaml", "yml"])
    st.caption("没有也可以，稍后在“起草文字”里逐项填写。")
other_registers(found)
registers = kept_registers(found)
countable = columns_view(found)

if st.button("填三张表", type="primary", disabled=not (previous or registers)):
    try:
        with st.spinner("正在读取材料、计数、结转、合计……"):
            saved = workflow.fill_from_materials(found.entry.unit, found.entry.year, given(found), earlier=found.saved, who=who())
        found.save(workflow.keep_text(saved, found.saved), "由材料填表")
        st.switch_page(PAGES["tables"])
    except AssistantError as error:
        show_error(error)
if not (previous or registers):
    st.info("请至少给出上年报告或台账中的一项。")
elif registers and countable:  # otherwise said above already
    try:
        decisions_view(found)
    except AssistantError as error:
        show_error(error)
