"""The short form: every number of last year's text that neither the tables nor arithmetic know asks for this year's value."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.components.box import guarded, key_of, newest
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, now, who


def facts_form(found: Open, part: str) -> None:
    """Ask for the facts of a part; each answer is kept when the box is left."""
    asked = tuple(fact for fact in workflow.asked_facts(found.saved) if fact.section == part)
    if not asked:
        return
    given = {fact.name: fact for fact in found.saved.given.facts if fact.value is not None}
    missing = [fact for fact in asked if fact.name not in given]
    title = f"本年事实：已填 {len(asked) - len(missing)} 项，还缺 {len(missing)} 项（缺的不成句）"
    with st.expander(title, expanded=0 < len(missing) <= 12):
        columns = st.columns(3)
        for number, fact in enumerate(asked):
            value = given[fact.name].value if fact.name in given else None
            key = newest(key_of("fact", found.entry.id, fact.name), "" if value is None else f"{value:f}")

            def save(text: str, name: str = fact.name) -> None:
                found.change(
                    lambda saved: workflow.give_fact(saved, name, text, who=who(), when=now()),
                    f"填“{name}”",
                    place=lambda saved: [(one.value, one.unit) for one in saved.given.facts if one.name == name],
                )

            with columns[number % 3]:
                st.text_input(plain(fact.question), key=key, on_change=guarded(found, key, save), help=plain(fact.sentence))
