"""From outcomes to findings: each defect once, with its fingerprint and a person's decision, in order of severity and place."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from assistant.checks.context import CheckContext
from assistant.checks.same_cause import told_otherwise
from assistant.checks.suppressions import explained_by, explanation_outcomes
from assistant.domain.finding import Finding, Outcome, Span, Status, fingerprint
from assistant.expressions import regex

_PRIOR = frozenset({"S050", "D103"})  # what they say of a place explains what other rules see there
_UNLIKELY = frozenset({"X001", "X004", "T008"})  # these show a cell to be wrong by its neighbours
_CHANGES = frozenset({"C102", "C103"})
_STOP = regex(r"[。！？；]")
_RANK = {"error": 0, "warning": 1, "info": 2}
_PARTS = {
    part: place
    for place, part in enumerate(
        ("title", "preamble", "overview", "disclosure", "applications", "disputes", "problems", "other", "signature")
    )
}


class Settled(NamedTuple):
    """The outcomes with finished findings inside, and the findings alone in order."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


def settle(ctx: CheckContext, outcomes: tuple[Outcome, ...]) -> Settled:
    """Drop findings whose cause another finding already tells, give fingerprints, attach explanations, sort."""
    everything = [finding for outcome in outcomes if outcome.findings for finding in outcome.findings]
    doubted, double = _doubted(ctx, everything), told_otherwise(ctx, everything)
    unlikely = frozenset(finding.cells[0] for finding in everything if finding.code in _UNLIKELY)
    spans = tuple(finding.span for finding in everything if finding.code in _PRIOR and finding.severity != "info" and finding.span)
    seen: Counter[str] = Counter()
    done: list[Outcome] = []
    for outcome in outcomes:
        if not outcome.findings:
            done.append(outcome)
            continue
        kept = tuple(
            finding
            for finding in outcome.findings
            if id(finding) not in double and not _told_before(ctx, finding, (doubted, unlikely), spans)
        )
        if len(kept) < len(outcome.findings):
            if not kept:
                done.append(
                    outcome.model_copy(update={"status": Status.UNKNOWN, "detail": "所涉单元格或文字本身存疑，已另行指出", "findings": ()})
                )
                continue
            outcome = outcome.model_copy(update={"findings": kept})
        done.append(outcome.model_copy(update={"findings": tuple(_finish(ctx, finding, seen) for finding in outcome.findings)}))
    done += explanation_outcomes(ctx, tuple(finding for outcome in done if outcome.findings for finding in outcome.findings))
    order = {cell: place for place, cell in enumerate(ctx.form.cell_ids)}
    findings = sorted(
        (finding for outcome in done if outcome.findings for finding in outcome.findings), key=lambda finding: _place(finding, order)
    )
    return Settled(tuple(done), tuple(findings))


def _doubted(ctx: CheckContext, findings: list[Finding]) -> frozenset[str]:
    """Cells that an error inside the tables or in what was carried over puts in doubt: what rests on them is not judged a second time. Where the
    right value is known only the cells that its fix changes are wrong; otherwise any of those named may be. A table on the wrong layout is doubtful as a whole."""
    cells = {
        cell
        for finding in findings
        if finding.severity == "error" and (finding.code[0] == "T" or finding.code == "C101")
        for cell in (_mended(finding) if finding.expected and finding.code != "C101" else finding.cells)
    }
    if any(finding.code == "S025" for finding in findings):
        cells.update(cell for cell in ctx.form.cell_ids if cell.startswith("t2."))
    return frozenset(cells)


def _mended(finding: Finding) -> tuple[str, ...]:
    edits = finding.fix.edits if finding.fix else ()
    return tuple(edit.cell for edit in edits if edit.kind == "set_cell") or finding.cells[:1]


def _told_before(ctx: CheckContext, finding: Finding, told: tuple[frozenset[str], frozenset[str]], spans: tuple[Span, ...]) -> bool:
    """Whether the cause is told by another finding: a doubtful or unlikely cell behind a number of the text or its change since last year, a stale
    year behind a number, a wrong name behind a typo."""
    family, (doubted, unlikely) = finding.code[0], told
    if family in "NX" and doubted.intersection(finding.cells):
        return True
    if (family == "N" or finding.code in _CHANGES) and unlikely.intersection(finding.cells):
        return True
    span = finding.span
    if span is None or family not in "NL" or finding.code in _PRIOR:
        return False
    near = [other for other in spans if other.block == span.block]
    if family == "L":
        return any(other.start < span.end and span.start < other.end for other in near)
    text = next((block.text for _, block in ctx.blocks if block.id == span.block), "") if near else ""
    return any(other.end <= span.start and not _STOP.search(text[other.end : span.start]) for other in near)


def _finish(ctx: CheckContext, finding: Finding, seen: Counter[str]) -> Finding:
    text = f"{finding.span.section}:{finding.span.text}" if finding.span else ""
    key = "|".join((finding.code, *finding.cells, text))
    seen[key] += 1
    if seen[key] > 1:
        text += "#" * (seen[key] - 1)  # the second of two identical places keeps a fingerprint of its own
    mark = fingerprint(finding.code, ctx.report.unit, ctx.year, finding.cells, text)
    return finding.model_copy(update={"fingerprint": mark, "explained": explained_by(ctx, mark)})


def _place(finding: Finding, order: dict[str, int]) -> tuple[int, int, int, str, int, str]:
    span = finding.span
    first = min((order.get(cell, 0) for cell in finding.cells), default=-1)
    part = _PARTS.get(span.section, 99) if span else (3 if finding.cells else -1)
    number = int(span.block.rsplit(".", 1)[-1]) if span and span.block.rsplit(".", 1)[-1].isdigit() else 0
    return (_RANK[finding.severity], part, number, f"{span.start:09d}" if span else "", first, finding.code)
