"""Boxes to type in: the same box while the versions behind it change, and nothing that was typed into one is lost.

What could not be saved, because somebody else changed the same place meanwhile, or what the browser still holds after a reload or a stop of
the program, is kept in the workspace and shown above the box until it is used or put aside. What is typed beside a button that gives it away
(a remark, a reason, a new fact) stands in its box again after a reload.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

import streamlit as st

from assistant.errors import AssistantError, ConflictingInput
from assistant.ui.services import Open, services, show_error

BOXES = "boxes"  # the boxes of this run: key → the saved text that it shows
UNSENT = "unsent boxes"  # those whose text is saved by a button beside them
LONGEST = 200_000  # characters that are taken back from a browser


def key_of(kind: str, *names: object) -> str:
    """The key of a box. The page knows a box by plain letters, digits and dashes alone, so other names are told by their hash."""
    plain = re.compile(r"[A-Za-z0-9-]+")
    return "_".join((kind, *(one if plain.fullmatch(one) else sha256(one.encode()).hexdigest()[:12] for one in map(str, names))))


def newest(key: str, text: str) -> str:
    """The key of a box, which shows `text` when that has changed since the box was last drawn; what is being typed otherwise stays.

    A key that changed with each version would leave the old box beside the new one until the page is drawn, and take the cursor away.
    """
    state, shown = st.session_state, f"{key}.shown"
    if key not in state or state.get(shown) != text:
        state[key] = state[shown] = text
    state.setdefault(BOXES, {})[key] = text
    return key


def guarded(found: Open, key: str, save: Callable[[str], None]) -> Callable[[], None]:
    """What to do when the box `key` has changed: `save` its text. Shows above the box what went wrong and text that is not saved yet."""

    def use(text: str) -> None:
        state = st.session_state
        state[f"{key}.taken"] = text
        try:
            save(text)
            state.pop(f"{key}.error", None)
        except AssistantError as error:
            state[f"{key}.error"] = error
            if isinstance(error, ConflictingInput):  # the box will show what the other person wrote
                services().workspace.keep(found.entry.id, _name(key), text)

    _unsaved(found, key, use)
    return lambda: use(st.session_state[key])


def unsent(key: str) -> str:
    """The key of a box whose text a button beside it gives to `send`; until then the browser holds it."""
    state = st.session_state
    if back := state.pop(f"{key}.back", ""):
        state[key] = back
    state.setdefault(UNSENT, set()).add(key)
    return key


def send(give: Callable[[], object], *keys: str) -> None:
    """Give away what stands in unsent boxes and draw the page anew; when that fails, say why and keep the text."""
    try:
        give()
    except AssistantError as error:
        show_error(error)
        return
    for key in keys:
        st.session_state[f"{key}.taken"] = st.session_state.get(key, "")
    st.rerun()


def _name(key: str) -> str:
    return f"unsaved.{key}"


def _unsaved(found: Open, key: str, use: Callable[[str], None]) -> None:
    if error := st.session_state.get(f"{key}.error"):
        show_error(error)
    text = found.kept.get(_name(key), "")
    if not text:
        return

    def drop() -> None:
        services().workspace.keep(found.entry.id, _name(key), "")
        st.session_state.pop(f"{key}.error", None)

    def put() -> None:
        use(text)
        if f"{key}.error" not in st.session_state:
            drop()

    with st.container(border=True):
        st.markdown("**您有一段文字没有存入报告**")
        st.caption("框中是已保存的内容。可以改用您的文字（现有内容留在版本记录里），也可以从这里复制一部分。")
        st.code(text, language=None, wrap_lines=True)
        left, right = st.columns(2)
        left.button("改用我的文字", key=f"{key}.use", on_click=put, width="stretch")
        right.button("不要了", key=f"{key}.drop", on_click=drop, width="stretch")


def begin_boxes() -> None:
    """Forget the boxes of the page that was drawn before."""
    st.session_state[BOXES], st.session_state[UNSENT] = {}, set()


def remember_typing(found: Open | None) -> None:
    """Have the browser hold what is typed into the boxes of this page until it is saved, and hand over what a reload left behind."""
    state = st.session_state
    boxes, open_ones = state.get(BOXES, {}), state.get(UNSENT, set())
    if found is None or not (boxes or open_ones):
        return

    data = {key: {"saved": text, "taken": state.get(f"{key}.taken", "")} for key, text in boxes.items()}
    data |= {key: {"saved": "", "taken": state.get(f"{key}.taken", ""), "unsent": True} for key in open_ones}
    told = _component()(key="typing", data=data, on_found_change=lambda: None).found
    # Read here and not in the callback: a program started anew knows no callbacks yet when the page, still open, first speaks to it.
    if told and told.get("key") in data and isinstance(told.get("text"), str):
        key, text = told["key"], told["text"][:LONGEST]
        if key in open_ones:
            state[f"{key}.back"] = text
        else:
            services().workspace.keep(found.entry.id, _name(key), text)
            state[f"{key}.taken"] = told["text"]
        st.rerun()


@cache
def _component() -> Any:
    script = resources.files("assistant.ui").joinpath("static", "typing.js").read_text(encoding="utf-8")
    return st.components.v2.component("nianbao_typing", html="<span></span>", js=script)
