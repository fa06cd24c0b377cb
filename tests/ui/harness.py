"""Opening a page in Streamlit's test harness and reading what it says."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from assistant import workflow
from assistant.domain.saved import SavedReport
from assistant.workspace import Workspace

APP = str(Path(__file__).resolve().parents[2] / "app.py")
KINDS = ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success")


def opened(page: str, report_id: int | None = None) -> AppTest:
    """A page, with a report open."""
    test = AppTest.from_file(APP, default_timeout=60)
    if report_id is not None:
        test.query_params["report"] = str(report_id)
    test.run()
    assert test.text_input, said(test)  # the name in the side bar stands on every page that could be opened
    if page != "start":
        test.switch_page(f"assistant/ui/pages/{page}.py").run()
    return fine(test)


def fine(test: AppTest) -> AppTest:
    """The page, when nothing went wrong inside."""
    assert not test.exception, test.exception
    assert "程序内部出错" not in said(test), said(test)
    return test


def said(test: AppTest) -> str:
    """All that the page says in words."""
    words = [str(element.value) for kind in KINDS for element in getattr(test, kind)]
    words += [expander.label for expander in test.expander]
    return "\n".join([*words, *(element.proto.body for element in test.get("html"))])


def button(test: AppTest, label: str) -> Any:
    """The first button with this label."""
    return next(one for one in test.button if one.label == label)


def box(test: AppTest, label: str) -> Any:
    """The first text box, area or list with this label."""
    return next(one for one in (*test.text_area, *test.text_input, *test.selectbox, *test.toggle, *test.checkbox) if one.label == label)


def newest(workspace: Workspace, report_id: int) -> SavedReport:
    """The report as it was saved last."""
    version = workspace.latest(report_id)
    assert version is not None
    return workflow.load(version.document)


def saved_again(workspace: Workspace, report_id: int, number: int) -> SavedReport:
    """The report once version `number` is there: work in the background saves when it is done."""
    for _ in range(600):
        version = workspace.latest(report_id)
        if version is not None and version.number >= number:
            return workflow.load(version.document)
        time.sleep(0.05)
    raise AssertionError(f"version {number} was not saved")
