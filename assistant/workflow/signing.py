"""The way of a report from draft to publication: who moved it where, and whether that still holds for what it says now."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.saved import SavedReport
from assistant.errors import ExportRefused, InvalidData

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.workspace import ReportEntry, Signoff, Workspace

STAGES = {"draft": "编写中", "in_review": "审核中", "returned": "已退回", "signed": "已审签", "published": "已公布"}
MOVES = {"in_review": "送审", "returned": "退回修改", "signed": "审签", "published": "公布"}
BINDING = ("signed", "published")


def stands(workspace: Workspace, entry: ReportEntry, sign: Signoff) -> bool:
    """Whether a change of stage holds for what the report says now."""
    version = workspace.latest(entry.id)
    return version is not None and version.content_hash == sign.content_hash


def stage_text(workspace: Workspace, entry: ReportEntry) -> str:
    """Where a report stands: `已审签`, or `已审签，此后有改动，现在的第 3 版未审签`."""
    label = STAGES[entry.stage.value]
    return f"{label}，此后有改动，现在的第 {entry.version} 版未审签" if unsigned(workspace, entry) else label


def unsigned(workspace: Workspace, entry: ReportEntry) -> bool:
    """Whether a signed or published report was changed after the signature."""
    signed = [sign for sign in workspace.signoffs(entry.id) if sign.stage.value in BINDING]
    return entry.stage.value in BINDING and not (signed and stands(workspace, entry, signed[-1]))


def advance(workspace: Workspace, entry: ReportEntry, stage: str, *, who: str, settings: Settings, note: str = "") -> Signoff:
    """Move a report to a stage, bound to its newest version. Raises `InvalidData` for an unknown stage or where nothing was saved, `ExportRefused`
    while an error stands that nobody explained and the stage is a signature."""
    from assistant.workflow.checking import blockers, check_saved
    from assistant.workflow.saving import load
    from assistant.workspace import Stage

    version = workspace.latest(entry.id)
    if stage not in MOVES or version is None:
        raise InvalidData("没有可以流转的版本。" if version is None else f"没有“{stage}”这一步。", f"可用：{'、'.join(MOVES)}。")
    if stage in BINDING:
        checked = check_saved(
            load(version.document), decisions=tuple(workspace.decisions().values()), settings=settings, today=date.today()
        )
        if standing := blockers(checked):
            raise ExportRefused(f"还有 {len(standing)} 个错误没有改正或说明，不能{MOVES[stage]}。", "请先改正，或逐项说明理由。")
    return workspace.set_stage(entry.id, Stage(stage), version, who=who, note=note)


def take_in(workspace: Workspace, saved: SavedReport, *, who: str, note: str = "自命令行存入") -> ReportEntry:
    """The entry of a saved report in the workspace, made where there is none; what it says becomes the newest version unless it is that already."""
    from assistant.workflow.editing import begin
    from assistant.workflow.saving import dump

    unit, year = saved.report.unit or "", saved.report.year
    if year is None:
        raise InvalidData("报告没有年度，不能存入工作区。", "请先补全单位和年度。")
    entry = next((one for one in workspace.reports() if (one.unit, one.year) == (unit, year)), None) or begin(workspace, unit, year)
    newest, document = workspace.latest(entry.id), dump(saved)
    if newest is None or newest.document != document:
        workspace.save(entry.id, document, saved.report.content_hash, who=who, based_on=entry.version, note=note)
    return workspace.report(entry.id) or entry


def entry_named(workspace: Workspace, name: str, *, who: str) -> ReportEntry:
    """The entry with this number, or that of the saved report in this file. Raises `InvalidData`, `UnreadableFile`."""
    from assistant.workflow.saving import load_saved

    if not name.isdigit():
        return take_in(workspace, load_saved(Path(name)), who=who)
    entry = workspace.report(int(name))
    if entry is None:
        raise InvalidData(f"工作区里没有编号为 {name} 的报告。", "用 nianbao review 列出全部报告；也可给出保存的报告文件。")
    return entry
