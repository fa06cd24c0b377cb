"""What all pages share: the workspace, the settings, running jobs, and the report that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache

import streamlit as st

from assistant import workflow
from assistant.data_files import folder_of
from assistant.domain.finding import CheckResult
from assistant.domain.saved import SavedReport
from assistant.errors import AssistantError, ConflictingInput
from assistant.settings import Settings, load_settings
from assistant.ui.components.plain import plain
from assistant.ui.jobs import Jobs
from assistant.workspace import ReportEntry, Workspace


@dataclass(frozen=True)
class Services:
    """Opened once per server."""

    settings: Settings
    workspace: Workspace
    jobs: Jobs = field(default_factory=Jobs)


@st.cache_resource(show_spinner="正在打开工作区……")
def services() -> Services:
    """The services of this server."""
    settings = load_settings()
    return Services(settings, Workspace(settings.data_dir))


def who() -> str:
    """The person at the screen, as they named themselves on this machine."""
    return str(st.session_state.get("who") or services().settings.user)


def now() -> str:
    """This moment, as it is kept beside what somebody does."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def local(moment: str) -> str:
    """A kept moment by the clock on the wall here: `2026-01-15 16:00`. What is no moment stays as it is."""
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return moment


@dataclass(frozen=True)
class Open:
    """The report that is open: its entry in the workspace and its newest version."""

    entry: ReportEntry
    saved: SavedReport
    version: int

    def save(self, saved: SavedReport, note: str) -> None:
        """Keep a new version based on the one shown."""
        document = workflow.dump(saved)
        services().workspace.save(self.entry.id, document, saved.report.content_hash, who=who(), based_on=self.version, note=note)

    def change(self, edit: Callable[[SavedReport], SavedReport], note: str, *, place: Callable[[SavedReport], object]) -> None:
        """Keep an edit of one place. When somebody saved meanwhile but left this place alone, the edit is made in what they saved; when they
        changed it too, `ConflictingInput` is raised and nothing is written."""
        base = self
        while True:
            try:
                base.save(edit(base.saved), note)
                return
            except ConflictingInput:
                base = _newest(self.entry)
                if place(base.saved) != place(self.saved):
                    raise

    @cached_property
    def kept(self) -> dict[str, str]:
        """What is kept beside the versions: text not saved yet, proposals, pieces of drafts."""
        return services().workspace.kept(self.entry.id)


def open_report() -> Open | None:
    """The report named in the address (`?report=3`), so that a reload opens it again."""
    key = st.query_params.get("report", st.session_state.get("report", ""))
    if not str(key).isdigit():
        return None
    workspace = services().workspace
    entry = workspace.report(int(key))
    if entry is None:
        return None
    st.session_state["report"] = st.query_params["report"] = str(entry.id)
    return _newest(entry)


def _newest(entry: ReportEntry) -> Open:
    version = services().workspace.latest(entry.id)
    saved = workflow.load(version.document) if version else workflow.blank(entry.unit, entry.year)
    return Open(entry, saved, version.number if version else 0)


def require_report() -> Open:
    """The open report, or a hint where to begin."""
    found = open_report()
    if found is None:
        st.info("请先在“选择报告”里选一份报告，或新建一份。")
        st.page_link(PAGES["start"], label="去选择报告")
        st.stop()
    return found


def choose(report_id: int) -> None:
    """Open a report."""
    st.session_state["report"] = st.query_params["report"] = str(report_id)


def checked(found: Open) -> CheckResult:
    """The checks of the report that is open, with the decisions made so far."""
    decisions = services().workspace.decisions()
    return workflow.check_saved(found.saved, decisions=tuple(decisions.values()), settings=services().settings, today=date.today())


def register_names(found: Open) -> frozenset[str]:
    """The applicants' names in the report's register, so that no prompt holds one. Held in memory while the register stays the same."""
    kept = services().workspace.attachment(found.entry.id, "register")
    return _names(found.entry.id, kept.sha256) if kept else frozenset()


@lru_cache(maxsize=4)
def _names(report: int, sha256: str) -> frozenset[str]:  # `sha256`: read again when another register is given
    kept = services().workspace.attachment(report, "register")
    return workflow.register_names(kept.name, kept.data) if kept else frozenset()


def show_error(error: AssistantError) -> None:
    """An error for people: what, and what to do."""
    st.error(f"{plain(error.message)}\n\n{plain(error.hint)}" if error.hint else plain(error.message))


_NAMES = ("start", "materials", "deadlines", "tables", "drafting", "review", "export", "ask", "corpus", "rollup")
PAGES = {name: str(folder_of("assistant.ui") / "pages" / f"{name}.py") for name in _NAMES}
