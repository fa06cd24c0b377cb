"""The passport of a number: definition, formula, cells and register rows, last year's and earlier values, every sentence that tells it."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.errors import InvalidData
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, services


def numbers_view(found: Open, part: str) -> None:
    """A list of all numbers, those of the part first, and the passport of the chosen one."""
    facts = {fact.name: fact for fact in workflow.numbers_of(found.saved, part)}
    if not facts:
        st.caption("还没有数字。")
        return
    name = st.selectbox(
        "数字", list(facts), format_func=lambda one: f"{facts[one].what}：{facts[one].text}", key=f"number_{found.entry.id}_{part}"
    )
    number_passport(found, name)


def number_passport(found: Open, key: str) -> None:
    """The passports of a fact, or of all facts that a cell goes into."""
    try:
        known = workflow.passports(found.saved, key)
    except InvalidData:
        st.caption("文字里没有用到这个数字。")
        return
    earlier = workflow.earlier_numbers(found.saved, services().settings, services().workspace)
    for one in known:
        with st.container(border=True):
            first, *lines = workflow.passport_lines(found.saved, one, earlier)
            st.markdown(f"**{plain(first)}**")
            for line in lines:
                st.text(line)
