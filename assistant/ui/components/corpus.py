"""Parts of the page of the corpus."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from assistant import workflow
from assistant.ui.components.plain import plain
from assistant.ui.jobs import Job
from assistant.ui.services import services

if TYPE_CHECKING:
    from assistant.domain.passage import Passage
    from assistant.retrieval.library import Library, Listed

KINDS = {
    "statute": "法规", "notice": "通知", "interpretation": "解释", "judicial": "司法解释", "guidance": "办理提示", "report": "往年报告"
}  # fmt: skip
TEXTS = ["docx", "pdf", "html", "htm", "txt", "md"]
REPORTS = ["docx", "doc", "wps", "pdf", "html", "htm", "txt", "md", "json"]
SHOWN = 100
TOLD = 30  # lines of a finished import that are shown
IMPORT, REBUILD = "corpus-import", "corpus-rebuild"
STYLE = "<style>.passages summary{cursor:pointer;line-height:1.9}.passages div{white-space:pre-wrap;color:#333;padding:.2rem 0 .6rem 1.2em;line-height:1.8}</style>"


def told() -> None:
    """What the last import or removal did."""
    if lines := st.session_state.pop("corpus_told", ()):
        st.info("  \n".join(map(plain, lines)))


def documents_view(listed: tuple[Listed, ...]) -> None:
    """All documents with their dates in force and what form their text has."""
    rows = [
        {
            "名称": one.document.title,
            "文号": one.document.number,
            "类别": KINDS.get(one.document.kind, one.document.kind),
            "施行": f"{one.document.effective_from or ''}",
            "失效": f"{one.document.effective_to or ''}",
            "条数": one.passages,
            "其中原文": one.official,
            "来源": "随程序提供" if one.origin == "shipped" else f"导入 {one.added_on or ''}",
            "状态": "已被新版取代" if one.superseded else "",
        }
        for one in listed
    ]
    st.dataframe(rows, hide_index=True, width="stretch", column_config={"名称": st.column_config.TextColumn(width=330)})


def passages_view(library: Library, listed: tuple[Listed, ...]) -> None:
    """The passages of a document, and taking out what was imported."""
    names = {one.document.id: f"{one.document.title} {one.document.number}".strip() for one in listed if not one.superseded}
    name = st.selectbox("看条文", list(names), index=None, format_func=names.__getitem__, placeholder="请选择一份资料")
    if name is None:
        return
    _, passages = library.show(name)
    word = st.text_input("只看含有这些字的条文", key="passages_word").strip()
    found = [one for one in passages if word in one.quotable or word in one.label or word in one.topic]
    st.html(STYLE + '<div class="passages">' + "".join(map(_passage, found[:SHOWN])) + "</div>")
    if len(found) > SHOWN:
        st.caption(f"只列出前 {SHOWN} 条，共 {len(found)} 条；请用上面的字词缩小范围。")
    imported = any(one.document.id == name and one.added_on for one in listed)
    if imported and st.button("移除导入的这份资料", help="随程序提供的摘编不受影响"):
        workflow.remove_from_corpus(name, services().settings.data_dir)
        st.session_state["corpus_told"] = [f"已移除：{names[name]}"]
        st.rerun()


def _passage(passage: Passage) -> str:
    form = "原文" if passage.form == "official" else "摘编，非原文"
    return f"<details><summary>{escape(passage.label)}　{escape(passage.topic)}　<small>{form}</small></summary><div>{escape(passage.quotable)}</div></details>"


def import_view() -> None:
    """Official texts and past reports by upload, one by one or as a whole folder; a long import runs on while the page is used."""
    for column, (label, kinds, as_report) in zip(st.columns(2), (("官方原文", TEXTS, False), ("往年报告", REPORTS, True)), strict=True):
        with column, st.form(f"import_{as_report}", clear_on_submit=True):
            files = st.file_uploader(label, type=kinds, accept_multiple_files=True)
            folder = st.file_uploader(f"{label}：整个文件夹", type=kinds, accept_multiple_files="directory")
            if st.form_submit_button("导入", type="primary") and (chosen := [*(files or ()), *(folder or ())]):
                _import([(file.name, file.getvalue()) for file in chosen], as_report=as_report)
    _following()
    st.caption(
        "同一文件再次导入不会重复；中途停止后再选同一文件夹导入，已有的不变，接着导入其余的。有新版本时保留旧版和它的施行日期。下一次提问时索引自动更新。"
    )


def _import(files: list[tuple[str, bytes]], *, as_report: bool) -> None:
    data_dir = services().settings.data_dir

    def work(job: Job) -> None:
        for number, (name, data) in enumerate(files, 1):
            if job.stopped():
                job.add(f"已停止，还有 {len(files) - number + 1} 个文件没有导入。\n")
                return
            for added in workflow.add_upload(name, data, as_report=as_report, data_dir=data_dir, today=date.today()):
                title = f"　{added.document.title}" if added.document else ""
                job.add(f"{number}/{len(files)}　{added.told}：{added.name}{title}　{added.passages} 条　{added.message}".rstrip() + "\n")

    services().jobs.start(IMPORT, work)


def rebuild_button() -> None:
    """Building the index anew, in the background."""
    settings = services().settings

    def work(job: Job) -> None:
        job.add("正在重建索引\n")
        job.add(f"已重建索引，共 {workflow.rebuild_corpus(settings)} 条。\n")

    if st.button("重建检索索引", help="索引损坏或缺失时会自动重建，一般不需要手动重建"):
        services().jobs.start(REBUILD, work)
    _following(REBUILD)


def _following(name: str = IMPORT) -> None:
    """A running job with its lines and a button to stop it; what a finished one said stays until the next run of the page."""
    job = services().jobs.get(name)
    if job is None:
        return
    if job.done:
        services().jobs.forget(name)
        st.session_state["corpus_told"] = [*job.text.splitlines()[-TOLD:], *([f"{job.error.message}{job.error.hint}"] if job.error else [])]
        st.rerun()

    @st.fragment(run_every=0.5)
    def follow() -> None:
        if job.done:
            st.rerun()
        lines = job.text.splitlines()
        with st.status("正在导入……" if name == IMPORT else "正在重建……", expanded=True):
            st.text("\n".join(lines[-6:]) or "准备中")
            if name == IMPORT and st.button("停止", key="stop_import"):
                job.stopping.set()

    follow()


def questions_view() -> None:
    """The questions that the texts did not settle, as a list to take along."""
    workspace = services().workspace
    rows = workflow.unanswered(workspace)
    if not rows:
        st.caption("没有。问答中没有答上的问题会列在这里，供补充资料时参考。")
        return
    st.dataframe(rows, hide_index=True, width="stretch")
    for column, (kind, label) in zip(st.columns([1, 1, 4]), {"csv": "表格", "json": "数据文件"}.items(), strict=False):
        column.download_button(f"下载{label}", workflow.unanswered_file(workspace, kind), file_name=f"没有答上的问题.{kind}")
