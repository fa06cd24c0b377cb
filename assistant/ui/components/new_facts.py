"""Facts that last year's text does not ask for: those that earlier years told, and the clerk's own with a sentence to tell them."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.drafting.earlier import EarlierNumber, left_out
from assistant.forms import load_form
from assistant.ui.components.box import guarded, key_of, newest, send, unsent
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, now, services, who

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


def _given(found: Open, name: str, value: str, unit: str) -> None:
    key = newest(key_of("added", found.entry.id, name), value)

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
        key = newest(key_of("earlier", found.entry.id, told.name), "")

        def save(text: str, told: EarlierNumber = told) -> None:
            found.change(
                lambda saved: workflow.add_fact(
                    saved, told.name, text, told.unit, template=told.template, what=told.what, who=who(), when=now()
                ),
                f"填“{told.name}”",
                place=lambda saved: [fact for fact in saved.given.facts if fact.name == told.name],
            )

        st.text_input(
            plain(f"{told.year}年：{told.what} {told.printed} → 今年？"),
            key=key,
            on_change=guarded(found, key, save),
            help=plain(told.sentence),
        )


def _form(found: Open) -> None:
    keys = [unsent(key_of("new_fact", found.entry.id, name)) for name in ("name", "value", "unit", "template")]
    with st.form(f"new_fact_{found.entry.id}", clear_on_submit=True, border=False):
        name, value, unit, aspect = st.columns([4, 2, 2, 3])
        called = name.text_input("新事实的名称", placeholder="例如：方言音频节目", key=keys[0])
        number = value.text_input("数值", key=keys[1])
        measure = unit.text_input("单位", placeholder="期", key=keys[2])
        sections = load_form(found.saved.report.edition).sections
        aspects = {"": NEAREST} | {one.id: one.label for section in sections for one in section.aspects}
        where = aspect.selectbox("写在哪一方面", list(aspects), format_func=aspects.__getitem__)
        sentence = "例句（数字处写 {{名称}}，可不填）"
        template = st.text_input(sentence, placeholder="全年录制方言音频{{方言音频节目}}，在村广播播出。", key=keys[3])
        if st.form_submit_button("加上这项事实") and called.strip() and number.strip():
            send(
                lambda: found.save(
                    workflow.add_fact(found.saved, called, number, measure, template=template, aspect=where, who=who(), when=now()),
                    f"新增事实“{called}”",
                ),
                *keys,
            )
