"""导出: the official report, a draft with watermark while errors stand, and the page of findings."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.errors import AssistantError
from assistant.ui.services import checked, require_report, show_error

KINDS = {"docx": "Word 文件", "pdf": "PDF 文件", "html": "网页", "xlsx": "三张表", "json": "数据文件"}

found = require_report()
result = checked(found)
st.title("导出")
blockers = workflow.blockers(result)
if blockers:
    st.error(f"还有 {len(blockers)} 个错误没有改正或说明，不能导出正式稿。可以先导出带“草稿”字样的文件。")
    for finding in blockers:
        st.text(f"{finding.code} {finding.message}")
else:
    st.success("没有未说明的错误，可以导出正式稿。")

kind = st.segmented_control("文件", list(KINDS), format_func=KINDS.__getitem__, default="docx") or "docx"
draft = st.checkbox("加“草稿”字样", value=bool(blockers), disabled=bool(blockers))
standard = st.checkbox("按 GB/T 9704 公文版式", value=True, disabled=kind not in ("docx", "pdf"))
name = f"{found.entry.unit}-{found.entry.year}{'-草稿' if draft or blockers else ''}.{kind}"
if st.button("生成", type="primary"):
    try:
        with st.spinner("正在生成……"):
            st.session_state["exported"] = (
                name,
                found.version,
                workflow.export_bytes(found.saved, kind, result, draft=draft or bool(blockers), standard=standard),
            )
    except AssistantError as error:
        show_error(error)
exported = st.session_state.get("exported")
if exported and exported[:2] == (name, found.version):
    st.download_button(f"下载 {name}", exported[2], file_name=name)
st.divider()
page = workflow.findings_page(found.saved, result)
st.download_button("下载核对结果（网页）", page.encode(), file_name=f"{found.entry.unit}-{found.entry.year}-核对结果.html")
