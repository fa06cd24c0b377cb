"""汇总: the superior's tables as the sum of the reports below it; who is missing, what is wrong, every sum with its parts."""

from __future__ import annotations

import streamlit as st

from assistant.ui.components.rollup import Order, rolled_view, rolling_view, start_rolling

st.title("汇总")
st.caption("把下级单位的年度报告相加成本级的三张表。空白不当作零；没有报的、有差错的逐一列出。")
files = st.file_uploader(
    "各单位的报告", type=["docx", "doc", "wps", "pdf", "html", "htm", "xlsx", "txt", "md", "json"], accept_multiple_files=True
)
left, right = st.columns([3, 1])
unit = left.text_input("汇总单位", placeholder="例：××市人民政府办公室")
year = right.number_input("报告年度", min_value=2000, max_value=2100, value=None, step=1, placeholder="按报告认定")
expected = st.text_area("应报单位（一行一个，可不填）", height=120)
if st.button("汇总", type="primary", disabled=not files):
    start_rolling([(file.name, file.getvalue()) for file in files], Order(unit.strip(), year, tuple(expected.splitlines())))
rolling_view()
if rolled := st.session_state.get("rolled"):
    rolled_view(rolled)
