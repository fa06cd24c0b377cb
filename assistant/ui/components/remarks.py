"""Remarks of the reviewers on a part, a paragraph or a cell; replies; what was dealt with."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.box import key_of, send, unsent
from assistant.ui.services import Open, services, who
from assistant.workspace import Comment


def remarks_view(found: Open) -> None:
    """All remarks with their replies, and a form for a new one."""
    remarks, places = services().workspace.remarks(found.entry.id), workflow.places(found.saved.report)
    for remark in remarks:
        if remark.parent is None:
            _remark(found, remark, places, tuple(reply for reply in remarks if reply.parent == remark.id))
    with st.form("remark", clear_on_submit=True):
        anchor = st.selectbox("对哪一处", list(places), format_func=places.__getitem__)
        key = unsent(key_of("remark", found.entry.id))
        text = st.text_area("批注", key=key)
        if st.form_submit_button("加批注") and text.strip():
            _give(found, anchor, text, key)


def _remark(found: Open, remark: Comment, places: dict[str, str], replies: tuple[Comment, ...]) -> None:
    workspace = services().workspace
    with st.container(border=True):
        left, answer, right = st.columns([8, 1, 1])
        left.text(f"{remark.who}（第 {remark.version} 版，{places.get(remark.anchor, remark.anchor)}）：{remark.text}")
        for reply in replies:
            left.text(f"　↳ {reply.who}：{reply.text}")
        with answer.popover("回复", key=f"reply_{remark.id}"):
            key = unsent(key_of("reply_text", remark.id))
            text = st.text_area("回复内容", key=key)
            if st.button("发送", key=f"reply_send_{remark.id}", disabled=not text.strip()):
                _give(found, remark.anchor, text, key, parent=remark.id)
        if right.button("重新打开" if remark.resolved else "已处理", key=f"resolve{remark.id}"):
            workspace.resolve(remark.id, not remark.resolved)
            st.rerun()
        if remark.resolved:
            left.caption("已处理")


def _give(found: Open, anchor: str, text: str, key: str, parent: int | None = None) -> None:
    workspace = services().workspace
    send(lambda: workspace.remark(found.entry.id, version=found.version, anchor=anchor, text=text.strip(), who=who(), parent=parent), key)
