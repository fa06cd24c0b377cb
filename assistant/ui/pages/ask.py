"""法规问答: an answer with its articles, a computed date or fee with its steps, or a reasoned refusal."""

from __future__ import annotations

import streamlit as st

from assistant.ui.components.answer import answer_view, ask
from assistant.ui.services import services, who

st.title("法规问答")
st.caption("答案只引用资料库中的条文；条文没有规定的，会说明没有规定。")
ready = services().settings.model_configured
with_model = st.toggle(
    "由模型组织文字", disabled=not ready, help="模型只看找到的条文，逐句与条文核对后才显示" if ready else "没有设置模型；不用模型照常回答"
)
history = services().workspace.questions(who())
for entry in history[-20:]:
    with st.chat_message("user"):
        st.text(entry.question)
    with st.chat_message("assistant"):
        answer_view(entry)
if not history:
    st.caption("例：收到申请后多久必须答复？　第三十六条讲什么？　3月3日收到的申请哪天到期？　45 件申请要收多少信息处理费？")
if question := st.chat_input("请输入问题"):
    with st.spinner("正在查找条文……"):
        ask(question, history, with_model=with_model)
    st.rerun()
