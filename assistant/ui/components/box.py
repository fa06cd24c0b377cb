"""Boxes to type in that stay the same box while the versions behind them change."""

from __future__ import annotations

import streamlit as st


def newest(key: str, text: str) -> str:
    """The key of a box, which shows `text` when that has changed since the box was last drawn; what is being typed otherwise stays.

    A key that changed with each version would leave the old box beside the new one until the page is drawn, and take the cursor away.
    """
    state, shown = st.session_state, f"{key}.shown"
    if key not in state or state.get(shown) != text:
        state[key] = state[shown] = text
    return key
