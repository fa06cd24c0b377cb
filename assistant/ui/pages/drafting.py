"""起草文字: facts, a draft per section with its sources, beside last year's text; edits are kept as they are made."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.drafting import ALL, editor, last_year, make_ready, progress, prompt_view, start_draft
from assistant.ui.components.facts import facts_form
from assistant.ui.components.findings import findings_list
from assistant.ui.components.new_facts import new_facts_form
from assistant.ui.components.passport import numbers_view
from assistant.ui.components.proposals import paragraph_tools
from assistant.ui.components.questions import questions_form, still_open
from assistant.ui.components.sentences import sentences_view
from assistant.ui.components.stale import stale_view
from assistant.ui.components.versions import versions_view
from assistant.ui.services import checked, require_report, services

found = require_report()
settings = services().settings
st.title("起草文字")
names = workflow.narrative_parts(found.saved.report.edition)
part = st.segmented_control("部分", list(names), format_func=names.__getitem__, default="overview", key="part") or "overview"

with st.container():  # each varying group in a place of its own: what follows stays where it is while the page is drawn anew
    facts_form(found, part)
    new_facts_form(found, part)
    questions_form(found, part)
    still_open(found)
    stale_view(found)
    if found.saved.previous is None:
        st.caption("没有上年报告，只能由模型起草或直接填写。")
ready = settings.model_configured
everything, one, model, model_all = st.columns(4)
rolled = "不用模型：按上年文字更新数字，逐句说明沿用、更新或需改写；原有文字留在版本记录里"
if everything.button("全部起草", type="primary", help=rolled, disabled=found.saved.previous is None, width="stretch"):
    start_draft(found, ALL, with_model=False)
if one.button("沿用上年起草这一部分", help=rolled, disabled=found.saved.previous is None, width="stretch"):
    start_draft(found, part, with_model=False)
if model.button("用模型起草这一部分", disabled=not ready, help="模型只写文字，数字一律由程序填入", width="stretch"):
    start_draft(found, part, with_model=True)
if model_all.button("用模型全部起草", disabled=not ready, help="模型只写文字，数字一律由程序填入", width="stretch"):
    start_draft(found, ALL, with_model=True)
if ready:
    make_ready(found, part)
else:
    st.caption("没有设置模型，全部功能照常可用。设置方法见说明文件。")
with st.container():
    progress(found, ALL)
    progress(found, part)

left, right = st.columns(2)
with left:
    st.subheader("本年")
    editor(found, part)
with right:
    st.subheader("上年")
    last_year(found, part)
sources, numbers, change, prompt, versions = st.tabs(["逐句来源", "数字出处", "改一段", "发给模型的内容", "版本"])
with sources:
    sentences_view(found, part)
with numbers:
    numbers_view(found, part)
with change:
    paragraph_tools(found, part)
with prompt:
    prompt_view(found, part)
with versions:
    versions_view(found, part)
st.subheader("本部分核对结果")
findings_list(found, (finding for finding in checked(found).findings if finding.span and finding.span.section == part), key="part")
