"""Sentences that the numbers have left behind."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.redline import redline
from assistant.ui.services import Open


def stale_view(found: Open) -> None:
    """Each such sentence with the difference, and one button to renew them all."""
    stale = workflow.stale_sentences(found.saved)
    if not stale:
        return
    with st.expander(f"数字已变：{len(stale)} 句与现在的表格和事实不一致", expanded=True):
        for one in stale:
            if one.now:
                redline((op.op, op.text) for op in workflow.stale_redline(one))
            else:
                st.text(f"{one.sentence.text}（所用的事实已不在，请改写）")
        if any(one.now for one in stale) and st.button("按现在的数字更新这些句子", type="primary"):
            found.save(workflow.renew_sentences(found.saved), "按新数字更新文字")
            st.rerun()
