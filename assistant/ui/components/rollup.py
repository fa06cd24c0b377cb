"""A roll-up on the page: what to chase up first, then the sums with their parts, then the files."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.forms import load_form


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
