"""Earlier versions: who saved when and why, and going back to one, which is a version too."""

from __future__ import annotations

import streamlit as st

from assistant import workflow
from assistant.ui.services import Open, local, services
from assistant.workspace import Version

SHOWN = 30


def versions_view(found: Open, part: str) -> None:
    """The versions, newest first; the text of a part in the chosen one against the text that stands."""
    versions = services().workspace.versions(found.entry.id)
    if len(versions) < 2:
        st.caption("每次保存都会留一个版本，可以随时恢复。现在还没有更早的版本。")
        return
    earlier = {version.number: version for version in versions[1 : SHOWN + 1]}
    number = st.selectbox("更早的版本", list(earlier), format_func=lambda one: _label(earlier[one]), key=f"version_{found.entry.id}")
    chosen = earlier[number]
    then = workflow.load(chosen.document)
    st.caption("下面是那一版中这一部分的文字。")
    st.text(workflow.part_text(then.report, part) or "（空白）")
    if st.button("恢复这一版", key=f"restore_{found.entry.id}", help="恢复全部表格和文字，并存为新的一版；现在的内容仍留在版本记录里"):
        found.save(then, f"恢复第 {chosen.number} 版")
        st.rerun()


def _label(version: Version) -> str:
    return f"第 {version.number} 版　{local(version.at)}　{version.who}　{version.note}"
