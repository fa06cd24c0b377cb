"""资料库: the texts that answers and drafts rest on; importing official texts and past reports; questions that stayed open."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.corpus import documents_view, import_view, passages_view, questions_view, rebuild_button, told
from assistant.ui.services import services

st.title("资料库")
st.caption("随程序提供的是摘编；导入官方原文后，回答改为引用原文。导入的文件只存在本机。")
told()
library = workflow.library(services().settings.data_dir)
listed = library.list()
texts, adding, open_questions = st.tabs(["资料", "导入", "没有答上的问题"])
with texts:
    documents_view(listed)
    passages_view(library, listed)
    if st.button("检查资料库是否完好"):
        with st.spinner("正在检查……"):
            troubles = workflow.verify_corpus(services().settings)
        for trouble in troubles:
            st.text(trouble)
        if not troubles:
            st.success("资料库和索引完好。")
    rebuild_button()
with adding:
    import_view()
with open_questions:
    questions_view()
