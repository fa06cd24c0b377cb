"""A redline on the page: deleted text struck out, new text underlined, moved text marked. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

TAGS = {"keep": "", "delete": "del", "insert": "ins", "move": "mark", "moved_away": "del"}
TITLES = {"move": "从别处移来", "moved_away": "移到别处"}
LEGEND = "红色划去的是删去的，绿色下划线的是新增的，黄底的是从别处移来的，灰色划去的已移到别处。"
STYLE = (
    "<style>.redline{line-height:1.9;max-width:48em}.redline del{color:#b3261e}"
    ".redline ins{color:#1f6f5c;text-decoration:underline}.redline mark{background:#ffefc9}"
    ".redline del.moved_away{color:#8a8a8a}.redline details{font-size:.86rem;color:#666;margin-top:.4rem}</style>"
)


def redline(pieces: Iterable[tuple[str, str]], *, folded: tuple[str, tuple[str, ...]] = ("", ())) -> None:
    """Show (op, text) pieces in reading order; below, closed under a title, the lines of `folded`."""
    shown = []
    for op, text in pieces:
        tag, inner = TAGS[op], escape(text).replace("\n", "<br>")
        told = f' class="{op}" title="{TITLES[op]}"' if op in TITLES else ""
        shown.append(f"<{tag}{told}>{inner}</{tag}>" if tag else inner)
    title, lines = folded
    if lines:
        shown.append(f"<details><summary>{escape(title)}</summary>{'<br>'.join(map(escape, lines))}</details>")
    st.html(f'{STYLE}<div class="redline">{"".join(shown)}</div>')
