"""What is asked in words, a box for each answer; the next draft uses the answers."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.box import guarded, key_of, newest
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, now, who


def questions_form(found: Open, part: str) -> None:
    """The questions that concern a part; an answer is kept when its box is left."""
    asked = [question for question in workflow.questions(found.saved) if question.part == part]
    if not asked:
        return
    open_ones = sum(not question.answer for question in asked)
    with st.expander(
        f"请回答：已答 {len(asked) - open_ones} 项，还有 {open_ones} 项（回答后再起草，文字随之更新）", expanded=open_ones > 0
    ):
        for question in asked:
            key = newest(key_of("answer", found.entry.id, question.key), question.answer)

            def save(text: str, name: str = question.key) -> None:
                found.change(
                    lambda saved: workflow.give_answer(saved, name, text, who=who(), when=now()),
                    f"回答：{name[:20]}",
                    place=lambda saved: saved.given.answer(name),
                )

            st.text(question.text)
            st.text_area(plain(question.text), key=key, on_change=guarded(found, key, save), height=72, label_visibility="collapsed")
            if question.signed:
                st.caption(plain(f"已答：{question.signed}"))


def still_open(found: Open) -> None:
    """Everything that is still to be given or looked at, for all parts."""
    waiting = workflow.open_questions(found.saved)
    if waiting:
        with st.expander(f"全文还有 {len(waiting)} 项待填写或核对"):
            for question in waiting:
                st.text(f"· {question}")
