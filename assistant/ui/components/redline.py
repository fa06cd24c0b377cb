"""A redline on the page: deleted text struck out, new text underlined, moved text marked. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

TAGS = {"keep": "", "delete": "del", "insert": "ins", "move": "mark"}
STYLE = (
    "<style>.redline{line-height:1.9;max-width:48em}.redline del{color:#b3261e}"
    ".redline ins{color:#1f6f5c;text-decoration:underline}.redline mark{background:#fff4e0}</style>"
)


def redline(pieces: Iterable[tuple[str, str]]) -> None:
    """Show (op, text) pieces in reading order."""
    shown = []
    for op, text in pieces:
        tag, inner = TAGS[op], escape(text).replace("\n", "<br>")
        shown.append(f"<{tag}>{inner}</{tag}>" if tag else inner)
    st.html(f'{STYLE}<div class="redline">{"".join(shown)}</div>')
