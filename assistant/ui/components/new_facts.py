"""Facts that last year's text does not ask for: those that earlier years told, and the clerk's own with a sentence to tell them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant import workflow
from assistant.drafting.earlier import EarlierNumber, left_out
from assistant.errors import AssistantError
from assistant.forms import load_form
from assistant.ui.components.box import guarded, newest
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, now, services, show_error, who

NEAREST = "按内容就近安排"


def new_facts_form(found: Open, part: str) -> None:
    """A form for a new fact, and the numbers of earlier years that last year's text left out; in the overview alone."""
    if part != "overview":
        return
    earlier = left_out(workflow.earlier_numbers(found.saved, services().settings, services().workspace))
    given = workflow.new_facts(found.saved)
    title = f"新增事实：已加 {len(given)} 项" + (f"，更早年度写过、上年没有写的还有 {len(earlier)} 项" if earlier else "")
    with st.expander(title):
        for fact in given:
            _given(found, fact.name, f"{fact.value:f}" if fact.value is not None else "", fact.unit)
        _earlier(found, earlier, {fact.name for fact in given})
        _form(found)
        if error := st.session_state.pop("new_fact_error", None):
            show_error(error)


def _given(found: Open, name: str, value: str, unit: str) -> None:
    key = newest(f"added_{found.entry.id}_{name}", value)

    def save(text: str) -> None:
        found.change(
            lambda saved: workflow.give_fact(saved, name, text, who=who(), when=now()),
            f"填“{name}”",
            place=lambda saved: [(one.value, one.unit) for one in saved.given.facts if one.name == name],
        )

    st.text_input(plain(f"{name}（{unit or '无单位'}，清空即删去）"), key=key, on_change=guarded(found, key, save))


def _earlier(found: Open, earlier: tuple[EarlierNumber, ...], given: set[str]) -> None:
    for told in earlier:
        if told.name in given:
            continue
        key = f"earlier_{found.entry.id}_{told.name}"

        def typed(told: EarlierNumber = told, key: str = key) -> None:
            value = st.session_state[key]
            _try(
                lambda: found.save(
                    workflow.add_fact(
                        found.saved, told.name, value, told.unit, template=told.template, what=told.what, who=who(), when=now()
                    ),
                    f"填“{told.name}”",
                )
            )

        st.text_input(plain(f"{told.year}年：{told.what} {told.printed} → 今年？"), key=key, on_change=typed, help=plain(told.sentence))


def _form(found: Open) -> None:
    with st.form(f"new_fact_{found.entry.id}", clear_on_submit=True, border=False):
        name, value, unit, aspect = st.columns([4, 2, 2, 3])
        called = name.text_input("新事实的名称", placeholder="例如：方言音频节目")
        number = value.text_input("数值")
        measure = unit.text_input("单位", placeholder="期")
        sections = load_form(found.saved.report.edition).sections
        aspects = {"": NEAREST} | {one.id: one.label for section in sections for one in section.aspects}
        where = aspect.selectbox("写在哪一方面", list(aspects), format_func=aspects.__getitem__)
        template = st.text_input("例句（数字处写 {{名称}}，可不填）", placeholder="全年录制方言音频{{方言音频节目}}，在村广播播出。")
        if st.form_submit_button("加上这项事实") and called.strip() and number.strip():
            made = _try(
                lambda: found.save(
                    workflow.add_fact(found.saved, called, number, measure, template=template, aspect=where, who=who(), when=now()),
                    f"新增事实“{called}”",
                )
            )
            if made:
                st.rerun()


def _try(save: Callable[[], None]) -> bool:
    try:
        save()
    except AssistantError as error:
        st.session_state["new_fact_error"] = error
        return False
    return True
