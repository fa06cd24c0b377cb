"""Findings for people: a line of counts, then each problem with place, basis, fix, and the reader's decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from assistant import workflow
from assistant.domain.finding import CheckResult, Finding
from assistant.ui.components.box import key_of, send, unsent
from assistant.ui.components.plain import plain
from assistant.ui.services import Open, services, who
from assistant.workspace import Decision

NAMES = {"error": ("错误", ":red-badge"), "warning": ("提醒", ":orange-badge"), "info": ("提示", ":blue-badge")}


def summary(result: CheckResult) -> None:
    """How many identities were evaluated and how many problems stand."""
    open_ones = [finding for finding in result.findings if not finding.explained]
    counts = {severity: sum(finding.severity == severity for finding in open_ones) for severity in NAMES}
    cells = st.columns(4)
    cells[0].metric("勾稽关系已核对", f"{result.identities_evaluated} / {result.identities_total}")
    for cell, (severity, (name, _)) in zip(cells[1:], NAMES.items(), strict=True):
        cell.metric(name, counts[severity])


def findings_list(found: Open, findings: Iterable[Finding], *, key: str, none: str = "没有发现问题。") -> None:
    """The problems, gravest first; `none` is said when there are none."""
    shown = list(findings)
    if not shown:
        st.success(none)
    for number, finding in enumerate(shown):
        _finding(found, finding, f"{key}{number}")


def elsewhere(found: Open, findings: Iterable[Finding], *, key: str) -> None:
    """The problems that the list above does not hold, folded; open when one of them stands in the way of the final report."""
    rest = list(findings)
    if rest:
        errors = sum(finding.severity == "error" and not finding.explained for finding in rest)
        told = f"，其中错误 {errors} 个" if errors else ""
        with st.expander(f"文字和整篇的问题（{len(rest)}{told}）", expanded=errors > 0):
            findings_list(found, rest, key=key)


def fix_all(found: Open, result: CheckResult) -> None:
    """One button for everything that may be mended without asking; what would bring new trouble is left."""
    safe = workflow.fixable(result)
    if not safe or not st.button(
        f"把可以放心改的 {len(safe)} 处一次改好", help="错别字、标点、过时的合计；改后重新核对，会带来新问题的不改"
    ):
        return
    decisions = tuple(services().workspace.decisions().values())
    saved, mended = workflow.fix_safely(
        found.saved, decisions=decisions, settings=services().settings, today=date.today(), who=who(), when=_now()
    )
    found.save(saved, f"按核对结果改好 {len(mended)} 处")
    st.rerun()


def _finding(found: Open, finding: Finding, key: str) -> None:
    name, badge = NAMES[finding.severity]
    with st.container(border=True):
        done = "　:green-badge[已说明]" if finding.explained else ""
        st.markdown(f"{badge}[{name}] **{plain(finding.title)}**　`{finding.code}`{done}")
        st.text(finding.message)
        if finding.span and finding.span.text:
            st.caption(plain(f"原文：{finding.span.text}"))
        if finding.basis:
            st.caption(plain("依据：" + "；".join(f"{basis.number}{basis.article}" for basis in finding.basis)))
        if finding.fix and finding.fix.advice:
            st.caption(plain(f"改法：{finding.fix.advice}"))
        if finding.explained:
            st.caption(plain(f"{finding.explained.by}：{finding.explained.reason}"))
        _actions(found, finding, key)


def _actions(found: Open, finding: Finding, key: str) -> None:
    fix, explain = st.columns(2)
    if finding.fix and finding.fix.edits and fix.button("按建议改", key=f"fix_{key}_{finding.fingerprint}"):
        found.save(workflow.apply_fix(found.saved, finding, who=who(), when=_now()), f"按 {finding.code} 修改")
        st.rerun()
    with explain.popover("说明或不采纳"):
        box = unsent(key_of("reason", found.entry.id, key, finding.fingerprint))
        reason = st.text_area("理由", key=box, help="理由随问题保存，重新核对后仍然有效")
        for label, decision in (("说明属实情形", "explained"), ("不采纳", "dismissed")):
            if st.button(label, key=f"{decision}_{key}_{finding.fingerprint}", disabled=not reason.strip()):
                row = {
                    "fingerprint": finding.fingerprint,
                    "code": finding.code,
                    "decision": decision,
                    "reason": reason.strip(),
                    "who": who(),
                    "at": _now(),
                }
                send(partial(services().workspace.decide, Decision.model_validate(row)), box)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
