"""Parts of the review page."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from assistant import workflow
from assistant.domain.cell import plain as number
from assistant.domain.finding import CheckResult, Finding
from assistant.domain.review import Comparison, QueueItem, SectionChange
from assistant.ui.components.box import key_of, send, unsent
from assistant.ui.components.passport import number_passport
from assistant.ui.components.plain import plain
from assistant.ui.components.redline import redline
from assistant.ui.services import Open, local, services, who
from assistant.workspace import Decision

FATES = {"told": "已交代", "again": "又列为问题", "silent": "没有交代"}
STATES = {"only_this": "只在本年", "only_last": "只在上年", "both": "", "neither": ""}
BADGES = {"error": ":red-badge[错误]", "warning": ":orange-badge[提醒]", "info": ":blue-badge[提示]"}
TREND_FIRST = ("t3.new.total", "t3.granted.total", "t4.reconsideration.total", "t4.direct.total")
TREND_SPEC: dict[str, Any] = {
    "mark": {"type": "line", "point": True, "strokeWidth": 2},
    "encoding": {
        "x": {"field": "年度", "type": "ordinal", "axis": {"labelAngle": 0}},
        "y": {"field": "数量", "type": "quantitative", "axis": {"tickMinStep": 1}},
        "color": {"field": "项目", "type": "nominal", "legend": {"orient": "bottom", "columns": 1, "labelLimit": 600}},
        "tooltip": [{"field": "年度"}, {"field": "项目"}, {"field": "数量"}],
    },
}


def queue_view(found: Open, comparison: Comparison) -> None:
    """Things to look at, gravest first; what somebody has settled stays marked, also after the text was checked anew."""
    decisions = services().workspace.decisions()
    items = workflow.queue(comparison, found.saved, decisions)
    checks = {finding.fingerprint for finding in comparison.findings}
    if not items:
        st.success("没有需要先看的内容。")
    for risk, name in enumerate(workflow.RISKS):
        group = [item for item in items if item.risk == risk]
        waiting = sum(not item.decided for item in group)
        if group:
            with st.expander(f"{name}（待看 {waiting}，已看 {len(group) - waiting}）", expanded=waiting > 0 and risk < 4):
                for item in group:
                    _queue_item(item, decisions.get(item.fingerprint), of_checks=item.fingerprint in checks)


def _queue_item(item: QueueItem, decision: Decision | None, *, of_checks: bool) -> None:
    """One item. What the checks found is settled where it stands, with a reason: looking at it must not open the way to a final export."""
    text, action = st.columns([6, 1])
    done = "　:green-badge[已看]" if item.decided else ""
    text.markdown(f"**{plain(item.title)}**{done}")
    text.text(item.detail)
    if decision:
        text.caption(plain(f"{decision.who} {local(decision.at)[:10]} {decision.reason}"))
    if of_checks:
        action.caption("" if item.decided else "请在核对结果处改正或说明")
        return
    label, kind = ("撤回", "withdrawn") if item.decided else ("已看，属实", "confirmed")
    if action.button(label, key=f"queue_{item.fingerprint}"):
        at = datetime.now(UTC).isoformat(timespec="seconds")
        row = {
            "fingerprint": item.fingerprint,
            "code": f"queue-{item.kind}",
            "decision": kind,
            "reason": "审核时已看",
            "who": who(),
            "at": at,
        }
        services().workspace.decide(Decision.model_validate(row))
        st.rerun()


def problems_view(comparison: Comparison) -> None:
    """Last year's problems and what became of them."""
    if comparison.problems:
        st.subheader("上年问题的交代")
    for fate in comparison.problems:
        st.text(f"{FATES[fate.fate]}：{fate.problem}")
        if fate.sentence:
            st.caption(plain(fate.sentence))


def redline_view(section: SectionChange, findings: tuple[Finding, ...]) -> None:
    """Last year's text struck out, this year's underlined, moved text marked; below it what the checks found in the section."""
    title = f"{plain(section.heading)}　{STATES[section.state] or f'与上年重复 {section.similarity:.0%}'}"
    with st.expander(title, expanded=section.id == "overview"):
        pieces = (("moved_away" if piece.moved and piece.op == "delete" else piece.op, piece.text) for piece in section.redline)
        redline(pieces, folded=(f"与上年相同的 {len(section.copied)} 句（数字不计）", tuple(copied.text for copied in section.copied)))
        for finding in findings:
            if finding.span and finding.span.section == section.id:
                st.markdown(f"{BADGES[finding.severity]} {plain(finding.message)}")


def cells_view(found: Open, comparison: Comparison) -> None:
    """Figures of both years, large changes first, with what the checks found; a row opens the figure's passport."""
    changed = st.toggle("只看有变化的", value=True)
    told: dict[str, list[str]] = {}
    for finding in comparison.findings:
        for name in finding.cells:
            told.setdefault(name, []).append(finding.title)
    cells = [cell for cell in comparison.cells if cell.delta or cell.cell in told or not changed]
    rows: list[dict[str, Any]] = [
        {
            "项目": cell.name,
            "上年": number(cell.last) if cell.last is not None else "空白",
            "本年": number(cell.this) if cell.this is not None else "空白",
            "增减": number(cell.delta) if cell.delta is not None else "",
            "变化": f"{cell.percent:+.2f}%" if cell.percent is not None else "",
            "说明": "；".join([*told.get(cell.cell, []), *([cell.note] if cell.note else [])]),
        }
        for cell in cells
    ]
    st.caption("点选一行，看这个数字的出处和用到它的句子。")
    picked = st.dataframe(
        rows, hide_index=True, width="stretch", on_select="rerun", selection_mode="single-row", key=f"figures_{found.entry.id}_{changed}"
    )
    for number_of_row in picked["selection"]["rows"]:
        if number_of_row < len(cells):
            number_passport(found, cells[number_of_row].cell)


def trend_view(found: Open) -> None:
    """Figures over all years at hand, as a chart and in numbers."""
    reports = workflow.years_known(services().workspace, found.saved)
    if len(reports) < 2:
        st.caption("只有一个年度的报告，还看不出走势。")
        return
    lines = {line.name: line for line in workflow.trend(reports)}
    first = [name for name, line in lines.items() if line.cell in TREND_FIRST]
    chosen = st.multiselect("项目", list(lines), default=first or list(lines)[:3], key=f"trend_{found.entry.id}", placeholder="请选择")
    points = [
        {"年度": str(year), "项目": name, "数量": float(value)}
        for name in chosen
        for year, value in lines[name].points
        if value is not None
    ]
    if points:
        st.vega_lite_chart(points, TREND_SPEC, width="stretch", height=440)
    years = [str(report.year) for report in reports]
    rows = [
        {"项目": name} | {str(year): number(value) if value is not None else "—" for year, value in lines[name].points} for name in chosen
    ]
    st.dataframe(rows, hide_index=True, width="stretch", column_order=["项目", *years])


def memo_view(found: Open, comparison: Comparison) -> None:
    """The review memo as a file; it is made when the button is pressed."""
    workspace = services().workspace
    for column, (kind, label) in zip(st.columns([1, 1, 3]), {"docx": "Word 文件", "html": "网页"}.items(), strict=False):
        make = partial(
            workflow.memo_bytes,
            comparison,
            found.saved,
            kind,
            decided=tuple(workspace.decisions()),
            remarks=workspace.remarks(found.entry.id),
            years=workflow.years_known(workspace, found.saved),
        )
        column.download_button(f"下载审核备忘（{label}）", make, file_name=f"{found.entry.unit}-{found.entry.year}-审核备忘.{kind}")


def signoff_view(found: Open, result: CheckResult) -> None:
    """The stages a report goes through; a sign-off holds for the version that was looked at."""
    workspace = services().workspace
    for sign in workspace.signoffs(found.entry.id):
        lapsed = "" if workflow.stands(workspace, found.entry, sign) else "　此后内容有改动，不再覆盖"
        st.text(
            f"{local(sign.at)[:10]} {sign.who} {workflow.MOVES[sign.stage.value]}（第 {sign.version} 版）{lapsed}{'　' + sign.note if sign.note else ''}"
        )
    if not found.version:
        st.caption("还没有保存的版本。")
        return
    errors = len(workflow.blockers(result))
    key = unsent(key_of("sign_note", found.entry.id))
    note = st.text_input("说明（可不填）", key=key)
    for column, (stage, label) in zip(st.columns(len(workflow.MOVES)), workflow.MOVES.items(), strict=True):
        blocked = stage in workflow.BINDING and errors > 0
        if column.button(label, disabled=blocked, help=f"还有 {errors} 个错误未改正或说明" if blocked else None):
            send(partial(workflow.advance, workspace, found.entry, stage, who=who(), settings=services().settings, note=note), key)


def stage_banner(found: Open) -> None:
    """Where the report stands; loudly when it was changed after it was signed."""
    workspace = services().workspace
    said = f"现在：{workflow.stage_text(workspace, found.entry)}"
    if workflow.unsigned(workspace, found.entry):
        st.warning(said)
    else:
        st.caption(said)
