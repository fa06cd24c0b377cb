"""年报助手: the Streamlit app. `streamlit run app.py`, or `make app`."""

from __future__ import annotations

import logging

import streamlit as st

from assistant.data_files import folder_of
from assistant.errors import AssistantError
from assistant.ui.components.box import begin_boxes, remember_typing
from assistant.ui.components.plain import plain
from assistant.ui.services import PAGES, Open, open_report, services, show_error

STYLE = folder_of("assistant.ui") / "static" / "app.css"
GROUPS = {
    "本年报告": {
        "start": ("选择报告", ":material/folder_open:"),
        "materials": ("材料与填表", ":material/upload_file:"),
        "deadlines": ("办理期限", ":material/event:"),
        "tables": ("表格与核对", ":material/table_chart:"),
        "drafting": ("起草文字", ":material/edit_note:"),
        "review": ("对照上年", ":material/compare:"),
        "export": ("导出", ":material/download:"),
    },
    "法规与资料": {
        "ask": ("法规问答", ":material/gavel:"),
        "corpus": ("资料库", ":material/library_books:"),
    },
    "上级机关": {"rollup": ("汇总", ":material/functions:")},
}
NEXT = {"materials": "tables", "deadlines": "tables", "tables": "drafting", "drafting": "review", "review": "export"}


def _sidebar(found: Open | None) -> None:
    with st.sidebar:
        if found is None:
            st.caption("还没有打开报告")
        else:
            st.markdown(f"**{plain(found.entry.unit)}**")
            version = f"第 {found.version} 版" if found.version else "尚未填写"
            st.caption(f"{found.entry.year} 年度 · {version} · 数据只存在本机")
        st.text_input("姓名", key="who", placeholder=services().settings.user, help="记在每次保存和审签里，只存本机")


def _next_step(page: str, found: Open | None) -> None:
    if found is not None and found.version and page in NEXT:
        title, icon = GROUPS["本年报告"][NEXT[page]]
        st.divider()
        st.page_link(PAGES[NEXT[page]], label=f"下一步：{title}", icon=icon)


def main() -> None:
    """Navigation and the one error boundary of the app."""
    st.set_page_config(page_title="年报助手", page_icon=":material/description:", layout="wide")
    st.html(STYLE)
    pages = {
        group: [
            st.Page(PAGES[name], title=title, icon=icon, url_path=name, default=name == "start") for name, (title, icon) in titles.items()
        ]
        for group, titles in GROUPS.items()
    }
    page = st.navigation(pages)
    try:
        found = open_report()
        _sidebar(found)
        begin_boxes()
        page.run()
        _next_step(page.url_path, found)
        remember_typing(found)
    except AssistantError as error:
        show_error(error)
    except Exception as error:
        logging.getLogger(__name__).exception("page failed")
        show_error(
            AssistantError(
                f"程序内部出错：{type(error).__name__}。", "已保存的内容都在；请刷新后重试，仍然出错的，把窗口中的记录交给维护人员。"
            )
        )


main()
