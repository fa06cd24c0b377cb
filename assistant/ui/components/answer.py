"""An answer on the page: sentences with their articles, the computed result with steps, feedback."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.services import services, who
from assistant.workspace import QuestionEntry


@st.cache_resource(show_spinner="正在打开资料库……")
def _asking() -> workflow.Asking:
    return workflow.Asking(services().settings.data_dir)


def ask(question: str, history: tuple[QuestionEntry, ...]) -> None:
    """Answer a question and keep both; earlier questions of the same person give the context."""
    answer = _asking().ask(question, top=8, history=tuple(entry.question for entry in history[-3:]))
    services().workspace.record_question(question, answer.model_dump_json(), who=who(), refused=answer.refused)


def answer_view(entry: QuestionEntry) -> None:
    """A kept answer, with its passages to open in place."""
    answer = workflow.load_answer(entry.answer)
    if answer.refused:
        st.warning(answer.reason)
    for number, sentence in enumerate(answer.sentences, 1):
        mark = "" if sentence.supported else "　（没有得到条文支持）"
        st.text(f"{sentence.text}{mark}")
        if sentence.passages:
            st.caption(f"〔{number}〕{'　'.join(workflow.citation(passage, services().settings) for passage in sentence.passages)}")
    if answer.computed:
        with st.container(border=True):
            st.markdown("**计算结果**")
            st.text(answer.computed.value)
            for step in answer.computed.steps:
                st.text(f"· {step}")
    for article in answer.articles[:6]:
        kind = "原文" if article.form == "official" else "摘编，非原文"
        with st.expander(f"{article.document.title}　{article.article} {article.topic}"):
            st.caption(f"{article.document.number}　{kind}")
            st.text(workflow.passage_text(article.passage, services().settings))
    if answer.notice:
        st.caption(answer.notice)
    rating = st.feedback("thumbs", key=f"feedback{entry.id}")
    if rating is not None:
        services().workspace.give_feedback(entry.id, ("没有用", "有用")[rating])
