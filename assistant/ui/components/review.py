"""Parts of the review page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from assistant import workflow
from assistant.domain.cell import plain
from assistant.domain.finding import CheckResult
from assistant.domain.review import Comparison, SectionChange
from assistant.ui.components.redline import redline
from assistant.ui.services import Open, services, who
from assistant.workspace import Stage

RISKS = ("错误", "无来源的句子", "没有说明的数字变化", "照抄上年的部分", "其他")
FATES = {"told": "已交代", "again": "又列为问题", "silent": "没有交代"}
STATES = {"only_this": "只在本年", "only_last": "只在上年", "both": "", "neither": ""}
STAGES = {
    Stage.IN_REVIEW: "送审",
    Stage.RETURNED: "退回修改",
    Stage.SIGNED: "审签",
    Stage.PUBLISHED: "已公布",
}


def queue_view(found: Open, comparison: Comparison) -> None:
    """Things to look at, gravest first."""
    items = workflow.queue(comparison, found.saved)
    if not items:
        st.success("没有需要先看的内容。")
    for risk, name in enumerate(RISKS):
        group = [item for item in items if item.risk == risk]
        if group:
            with st.expander(f"{name}（{len(group)}）", expanded=risk < 2):
                for item in group:
                    st.markdown("**" + item.title.replace("*", "") + "**")
                    st.text(item.detail)


def problems_view(comparison: Comparison) -> None:
    """Last year's problems and what became of them."""
    if comparison.problems:
        st.subheader("上年问题的交代")
    for fate in comparison.problems:
        st.text(f"{FATES[fate.fate]}：{fate.problem}")
        if fate.sentence:
            st.caption(fate.sentence)


def redline_view(section: SectionChange) -> None:
    """Last year's text struck out, this year's underlined, moved text marked."""
    title = f"{section.heading}　{STATES[section.state] or f'与上年重复 {section.similarity:.0%}'}"
    with st.expander(title, expanded=section.id == "overview"):
        redline(("move" if piece.moved else piece.op, piece.text) for piece in section.redline)
        for copied in section.copied:
            st.caption(f"照抄：{copied.text}")


def cells_view(comparison: Comparison) -> None:
    """Figures of both years, large changes first."""
    changed = st.toggle("只看有变化的", value=True)
    rows: list[dict[str, Any]] = [
        {
            "项目": cell.name,
            "上年": plain(cell.last) if cell.last is not None else "空白",
            "本年": plain(cell.this) if cell.this is not None else "空白",
            "增减": plain(cell.delta) if cell.delta is not None else "",
            "变化": f"{cell.percent:+.1f}%" if cell.percent is not None else "",
            "说明": cell.note,
        }
        for cell in comparison.cells
        if cell.delta or not changed
    ]
    st.dataframe(rows, hide_index=True, width="stretch")


def signoff_view(found: Open, result: CheckResult) -> None:
    """Remarks, and the stages a report goes through; a sign-off holds for the version that was looked at."""
    workspace = services().workspace
    version = workspace.latest(found.entry.id)
    for remark in workspace.remarks(found.entry.id):
        left, right = st.columns([8, 1])
        left.text(f"{remark.who}（第 {remark.version} 版，{remark.anchor}）：{remark.text}{'　已处理' if remark.resolved else ''}")
        if not remark.resolved and right.button("已处理", key=f"resolve{remark.id}"):
            workspace.resolve(remark.id)
            st.rerun()
    with st.form("remark", clear_on_submit=True):
        anchor = st.selectbox("对哪一部分", [*workflow.narrative_parts(found.saved.report.edition).values(), "表二", "表三", "表四"])
        text = st.text_area("批注")
        if st.form_submit_button("加批注") and text.strip():
            workspace.remark(found.entry.id, version=found.version, anchor=anchor, text=text.strip(), who=who())
            st.rerun()
    for sign in workspace.signoffs(found.entry.id):
        stands = version is not None and sign.content_hash == version.content_hash
        st.text(f"{sign.at[:10]} {sign.who} {STAGES[sign.stage]}（第 {sign.version} 版）{'' if stands else '　此后内容有改动，不再覆盖'}")
    if version is None:
        st.caption("还没有保存的版本。")
        return
    errors = len(workflow.blockers(result))
    for column, (stage, label) in zip(st.columns(len(STAGES)), STAGES.items(), strict=True):
        blocked = stage in (Stage.SIGNED, Stage.PUBLISHED) and errors > 0
        if column.button(label, disabled=blocked, help=f"还有 {errors} 个错误未改正或说明" if blocked else None):
            workspace.set_stage(found.entry.id, stage, version, who=who())
            st.rerun()
