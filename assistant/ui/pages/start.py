"""选择报告: open a report or begin a new one."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant import workflow
from assistant.errors import AssistantError, InvalidData, UnsupportedYear
from assistant.ui.components.plain import plain
from assistant.ui.services import PAGES, choose, services, show_error

st.title("年报助手")
st.write("由台账和上年报告填写三张表，核对每个数字，起草文字，对照上年，导出正式报告。数字由程序计算，不由模型生成。")

with st.form("new"):
    st.subheader("新建报告")
    left, right = st.columns([3, 1])
    unit = left.text_input("单位全称", placeholder="例：××市××区农业农村局")
    year = right.number_input("报告年度", min_value=2000, max_value=2100, value=date.today().year - 1, step=1)
    if st.form_submit_button("新建", type="primary"):
        try:
            if year is None:
                raise InvalidData("没有填写报告年度。", "请填写四位数的年份，例如 2025。")
            if year > date.today().year:
                raise UnsupportedYear(
                    f"{int(year)} 年度还没有开始，不能编写这一年度的报告。", "请核对报告年度：报告写的是上一个日历年的工作。"
                )
            entry = workflow.begin(services().workspace, unit, int(year))
        except AssistantError as error:
            show_error(error)
        else:
            choose(entry.id)
            st.switch_page(PAGES["materials"])

reports = services().workspace.reports()
st.subheader("已有报告")
if not reports:
    st.caption("还没有报告。新建一份后，会一直保存在这里。")
for entry in reports:
    name, state, button = st.columns([5, 3, 1], vertical_alignment="center")
    name.markdown(f"**{plain(entry.unit)}**　{entry.year} 年度")
    version = f"第 {entry.version} 版" if entry.version else "尚未填写"
    state.caption(f"{workflow.stage_text(services().workspace, entry)} · {version}")
    if button.button("打开", key=f"open{entry.id}"):
        choose(entry.id)
        st.switch_page(PAGES["tables"] if entry.version else PAGES["materials"])
