"""起草文字: facts, a draft per section with its sources, beside last year's text; edits are kept as they are made."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.drafting import editor, last_year, progress, sentences_view, start_draft
from assistant.ui.components.facts import facts_form
from assistant.ui.components.findings import findings_list
from assistant.ui.services import checked, require_report, services

found = require_report()
settings = services().settings
st.title("起草文字")
names = workflow.narrative_parts(found.saved.report.edition)
part = st.segmented_control("部分", list(names), format_func=names.__getitem__, default="overview", key="part") or "overview"

facts_form(found, part)
offline, model, _ = st.columns([2, 2, 5])
if offline.button(
    "沿用上年起草", type="primary", help="不用模型：按上年文字更新数字，逐句说明沿用、更新或需改写", disabled=found.saved.previous is None
):
    start_draft(found, part, with_model=False)
if model.button("用模型起草", disabled=not settings.model_configured, help="模型只写文字，数字一律由程序填入"):
    start_draft(found, part, with_model=True)
if not settings.model_configured:
    st.caption("没有设置模型，全部功能照常可用。设置方法见说明文件。")
progress(found, part)

left, right = st.columns(2)
with left:
    st.subheader("本年")
    editor(found, part)
    sentences_view(found, part)
with right:
    st.subheader("上年")
    last_year(found, part)
st.subheader("本部分核对结果")
findings_list(found, (finding for finding in checked(found).findings if finding.span and finding.span.section == part), key="part")
