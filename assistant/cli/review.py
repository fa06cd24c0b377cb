"""`nianbao review [REPORT]`: the queue, remarks, decisions and signatures of a report in the workspace → `nianbao.review/1`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.common import DataDirOption, Format, FormatOption, emit, say
from assistant.errors import InvalidData

if TYPE_CHECKING:
    from assistant.domain.review import Comparison, QueueItem
    from assistant.domain.saved import SavedReport
    from assistant.settings import Settings
    from assistant.workspace import ReportEntry, Workspace

REVIEW = "nianbao.review/1"


def review(
    report: Annotated[str, typer.Argument(help="报告编号或保存的报告（.json）；省略则列出全部", show_default=False)] = "",
    who: Annotated[str, typer.Option("--who", help="姓名", show_default=False)] = "",
    stage: Annotated[str, typer.Option("--stage", help="流转到：in_review、returned、signed、published", show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", help="流转时的说明", show_default=False)] = "",
    decide: Annotated[str, typer.Option("--decide", help="已看过的一项（队列里方括号中的编号）", show_default=False)] = "",
    reason: Annotated[str, typer.Option("--reason", help="看过或不采纳的理由", show_default=False)] = "审核时已看",
    remark: Annotated[str, typer.Option("--remark", help="加一条批注", show_default=False)] = "",
    at: Annotated[str, typer.Option("--at", help="批注的地方：段落编号、单元格编号或部分名称", show_default=False)] = "",
    reply: Annotated[tuple[int, str] | None, typer.Option("--reply", help="回复批注：编号 文字", show_default=False)] = None,
    resolve: Annotated[int | None, typer.Option("--resolve", help="批注已处理：编号", show_default=False)] = None,
    memo: Annotated[Path | None, typer.Option("--memo", help="另存审核备忘（.docx 或 .html）", show_default=False)] = None,
    trend: Annotated[Path | None, typer.Option("--trend", help="另存历年走势图（.html）", show_default=False)] = None,
    output: FormatOption = Format.TEXT,
    data_dir: DataDirOption = None,
) -> None:
    """What to look at first, remarks and replies, decisions, signatures, the memo."""
    from assistant import workflow
    from assistant.workspace import Workspace

    settings = workflow.load_settings(data_dir)
    workspace, name = Workspace(settings.data_dir), who or settings.user
    if not report:
        _list(workspace, output)
        return
    entry = workflow.entry_named(workspace, report, who=name)
    seen = _Seen(workspace, entry, settings)
    if decide:
        seen.decide(decide, reason, name)
    if remark:
        workspace.remark(entry.id, version=entry.version, anchor=at or "一、总体情况", text=remark, who=name)
    if reply:
        seen.reply(*reply, name)
    if resolve is not None:
        workspace.resolve(resolve)
    if stage:
        workflow.advance(workspace, entry, stage, who=name, settings=settings, note=note)
    seen = _Seen(workspace, workspace.report(entry.id) or entry, settings)
    if memo:
        seen.write_memo(memo)
    if trend:
        workflow.write_trend(workflow.years_known(workspace, seen.saved), trend)
    emit(seen.document()) if output is Format.JSON else seen.tell()


def _list(workspace: Workspace, output: Format) -> None:
    from assistant import workflow

    for entry in workspace.reports():
        if output is Format.JSON:
            emit(
                {
                    "schema": REVIEW,
                    "report": {**entry.model_dump(mode="json"), "stage_text": workflow.stage_text(workspace, entry)},
                    "error": None,
                }
            )
        else:
            say(f"{entry.id}　{entry.unit}　{entry.year} 年度　第 {entry.version} 版　{workflow.stage_text(workspace, entry)}")


class _Seen:
    """A report of the workspace as the reviewer sees it."""

    def __init__(self, workspace: Workspace, entry: ReportEntry, settings: Settings) -> None:
        from datetime import date

        from assistant import workflow

        version = workspace.latest(entry.id)
        if version is None:
            raise InvalidData("这份报告还没有保存过内容。", "请先填表、起草并保存。")
        self.workspace, self.entry = workspace, entry
        self.saved: SavedReport = workflow.load(version.document)
        decisions = workspace.decisions()
        checked = workflow.check_saved(self.saved, decisions=tuple(decisions.values()), settings=settings, today=date.today())
        last = self.saved.previous or self.saved.report.replace(sections=(), preamble=(), signature=())
        self.comparison: Comparison = workflow.compare(self.saved.report, last, checked.findings)
        self.queue: tuple[QueueItem, ...] = workflow.queue(self.comparison, self.saved, decisions)

    def decide(self, prefix: str, reason: str, who: str) -> None:
        """Settle one thing to look at. What the checks found is explained, the rest is confirmed."""
        from datetime import UTC, datetime

        from assistant.workspace import Decision

        found = [item for item in self.queue if item.fingerprint.startswith(prefix)]
        if len(found) != 1:
            raise InvalidData(f"队列里没有唯一的一项以“{prefix}”开头。", "请照抄方括号里的编号。")
        finding = next((one for one in self.comparison.findings if one.fingerprint == found[0].fingerprint), None)
        row = {"fingerprint": found[0].fingerprint, "code": finding.code if finding else f"queue-{found[0].kind}"}
        row |= {
            "decision": "explained" if finding else "confirmed",
            "reason": reason,
            "who": who,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self.workspace.decide(Decision.model_validate(row))

    def reply(self, remark: int, text: str, who: str) -> None:
        """Answer a remark."""
        parent = next((one for one in self.workspace.remarks(self.entry.id) if one.id == remark), None)
        if parent is None:
            raise InvalidData(f"没有编号为 {remark} 的批注。", "请照抄批注前的编号。")
        self.workspace.remark(self.entry.id, version=self.entry.version, anchor=parent.anchor, text=text, who=who, parent=remark)

    def write_memo(self, path: Path) -> None:
        """The memo with answers, remarks and open points."""
        from assistant import workflow

        remarks, known = self.workspace.remarks(self.entry.id), workflow.years_known(self.workspace, self.saved)
        workflow.write_memo(self.comparison, path, self.saved, decided=tuple(self.workspace.decisions()), remarks=remarks, years=known)
        say(f"审核备忘：{path}")

    def document(self) -> dict[str, Any]:
        """`nianbao.review/1`."""
        from assistant import workflow

        signs = [
            {**sign.model_dump(mode="json"), "stands": workflow.stands(self.workspace, self.entry, sign)}
            for sign in self.workspace.signoffs(self.entry.id)
        ]
        return {
            "schema": REVIEW,
            "report": {**self.entry.model_dump(mode="json"), "stage_text": workflow.stage_text(self.workspace, self.entry)},
            "queue": [item.model_dump(mode="json") for item in self.queue],
            "remarks": [remark.model_dump(mode="json") for remark in self.workspace.remarks(self.entry.id)],
            "signoffs": signs,
            "error": None,
        }

    def tell(self) -> None:
        """The same for people."""
        from assistant import workflow

        entry, places = self.entry, workflow.places(self.saved.report)
        say(f"{entry.unit} {entry.year} 年度，第 {entry.version} 版：{workflow.stage_text(self.workspace, entry)}")
        for sign in self.workspace.signoffs(entry.id):
            still = "" if workflow.stands(self.workspace, entry, sign) else "，此后内容有改动，不再覆盖"
            say(
                f"  {sign.at[:10]} {sign.who} {workflow.MOVES[sign.stage.value]}（第 {sign.version} 版）{still}{'　' + sign.note if sign.note else ''}"
            )
        for line in workflow.queue_lines(self.queue):
            say(line)
        for remark in self.workspace.remarks(entry.id):
            lead = f"  ↳ {remark.who}" if remark.parent else f"批注 {remark.id}　{places.get(remark.anchor, remark.anchor)}　{remark.who}"
            say(f"{lead}：{remark.text}{'（已处理）' if remark.resolved else ''}")
