"""An answer on the page: sentences with their articles, the computed result with steps, feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant import workflow
from assistant.ui.components.plain import plain
from assistant.ui.services import services, who
from assistant.workspace import QuestionEntry

if TYPE_CHECKING:
    from assistant.qa.result import Answer

ARTICLES = 6
FIRST = 3  # passages whose sentences are in view; those of the others open on demand. A model's sentences are few and all in view


def ask(question: str, history: tuple[QuestionEntry, ...], *, with_model: bool) -> None:
    """Answer a question and keep both; earlier questions of the same person give the context."""
    asking = workflow.Asking(services().settings.data_dir, with_model=with_model)
    answer = asking.ask(question, top=8, history=tuple(entry.question for entry in history[-3:]))
    services().workspace.record_question(question, answer.model_dump_json(), who=who(), refused=answer.refused)


def answer_view(entry: QuestionEntry) -> None:
    """A kept answer, with its passages to open in place."""
    answer, settings = workflow.load_answer(entry.answer), services().settings
    if answer.refused:
        st.warning(plain(answer.reason))
    if answer.computed:
        with st.container(border=True):
            st.markdown("**计算结果**")
            st.text(answer.computed.value)
            for step in answer.computed.steps:
                st.text(f"· {step}")
    said = tuple(enumerate(workflow.cited_sentences(answer), 1))
    shown = len(said) if answer.model and not answer.model.notice else FIRST
    for number, sentences in said[:shown]:
        _cited(number, *sentences)
    if said[shown:]:
        with st.expander(f"也可能有关（{len(said[shown:])}）"):
            for number, sentences in said[shown:]:
                _cited(number, *sentences)
    _model_used(answer)
    with st.expander(f"有关条文（{len(answer.articles[:ARTICLES])}）"):
        for article in answer.articles[:ARTICLES]:
            kind = "原文" if article.form == "official" else "摘编，非原文"
            st.markdown(f"**{plain(f'{article.document.title}　{article.article} {article.topic}')}**")
            st.text(workflow.passage_text(article.passage, settings))
            st.caption(plain(f"{article.document.number}　{kind}"))
    if answer.notice:
        st.caption(plain(answer.notice))
    rate, copy = st.columns([1, 5])
    with copy.popover("复制答案", key=f"copy{entry.id}"):
        st.code(workflow.answer_text(answer, settings), language=None, wrap_lines=True)
    with rate:
        rating = st.feedback("thumbs", key=f"feedback{entry.id}")
    if rating is not None:
        services().workspace.give_feedback(entry.id, ("没有用", "有用")[rating])


def _cited(number: int, text: str, passages: tuple[str, ...], supported: bool) -> None:
    st.text(f"{text}{'' if supported else '　（没有得到条文支持）'}")
    if passages:
        st.caption(plain(f"〔{number}〕{'　'.join(workflow.citation(passage, services().settings) for passage in passages)}"))


def _model_used(answer: Answer) -> None:
    """That a model phrased the answer, and what of it was not shown."""
    if answer.model is None:
        return
    if answer.model.notice:
        st.info(plain(answer.model.notice))
    else:
        st.caption(plain(f"由模型 {answer.model.name} 组织文字，每句已与所引条文核对。"))
    if answer.model.dropped:
        with st.expander(f"没有得到条文支持而略去的 {len(answer.model.dropped)} 句"):
            for sentence in answer.model.dropped:
                st.text(sentence)
