"""Applying fixes. Edits are typed; a batch is applied at once and checked again: it may not add failures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.checks.engine import run_checks
from assistant.domain.cell import Cell, CellState, Computed, Typed, number_cell
from assistant.domain.finding import Finding, ReplaceText, SetCell
from assistant.domain.report import Block, Report, Section
from assistant.errors import ConflictingInput
from assistant.tables.compute import recompute


def safe_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings whose fix may be applied without asking."""
    return tuple(finding for finding in findings if finding.fix and finding.fix.fix_class == "safe" and finding.fix.edits)


def apply_fixes(report: Report, findings: Iterable[Finding], *, who: str, when: str) -> Report:
    """The report with the edits of the findings made; cells get the provenance "typed by `who`", unless they are totals that only had to
    be computed anew. Of two edits that touch the same words the first is made. Raises `ConflictingInput` when a text is no longer what the finding saw, or two edits give one cell different values."""
    cells: dict[str, SetCell] = {}
    texts: list[ReplaceText] = []
    for finding in findings:
        for edit in finding.fix.edits if finding.fix else ():
            if isinstance(edit, ReplaceText):
                texts.append(edit)
            elif edit.cell in cells and cells[edit.cell].value != edit.value:
                raise ConflictingInput(f"两处修改给 {edit.cell} 不同的数：{cells[edit.cell].value} 与 {edit.value}。", "请逐条修改。")
            else:
                cells[edit.cell] = edit
    changed = _with_texts(report, texts)
    if not cells:
        return changed
    fresh = recompute(changed)
    typed = [_cell(edit, who, when) for edit in cells.values() if not _computed(fresh.cell(edit.cell), edit)]
    return recompute(fresh.with_cells(*typed))


def apply_safe(ctx: CheckContext, *, who: str, when: str) -> tuple[Report, tuple[Finding, ...]]:
    """The report with everything mended that may be without asking, and the findings that were; one that would bring new trouble is left."""
    chosen = safe_findings(run_checks(ctx).findings)
    try:
        return apply_checked(ctx, chosen, who=who, when=when), chosen
    except ConflictingInput:
        made: list[Finding] = []
        for finding in chosen:
            try:
                ctx = replace(ctx, report=apply_checked(ctx, (finding,), who=who, when=when))
            except ConflictingInput:
                continue
            made.append(finding)
        return ctx.report, tuple(made)


def apply_checked(ctx: CheckContext, findings: Iterable[Finding], *, who: str, when: str) -> Report:
    """`apply_fixes`, then all checks again. Raises `ConflictingInput` when something is wrong afterwards that was not wrong before."""
    chosen = tuple(findings)
    before = {(finding.code, finding.cells) for finding in run_checks(ctx).findings if finding.severity != "info"}
    report = apply_fixes(ctx.report, chosen, who=who, when=when)
    after = run_checks(replace(ctx, report=report)).findings
    added = [finding for finding in after if finding.severity != "info" and (finding.code, finding.cells) not in before]
    if added:
        raise ConflictingInput(f"这批修改会带来新问题：{added[0].message}", "请减少一次修改的条数，逐条核对。")
    return report


def _computed(cell: Cell, edit: SetCell) -> bool:
    return isinstance(cell.provenance, Computed) and edit.value is not None and cell.value == Decimal(edit.value)


def _cell(edit: SetCell, who: str, when: str) -> Cell:
    if edit.value is None:
        return Cell(id=edit.cell, state=CellState.BLANK, provenance=Typed(who=who, when=when))
    return number_cell(edit.cell, Decimal(edit.value), provenance=Typed(who=who, when=when))


def _with_texts(report: Report, edits: list[ReplaceText]) -> Report:
    if not edits:
        return report
    by_block: dict[str, list[ReplaceText]] = {}
    for edit in edits:
        by_block.setdefault(edit.span.block, []).append(edit)
    sections = tuple(
        Section(
            id=section.id,
            heading=_edited(section.heading, by_block.get(f"{section.id.value}.heading", [])),
            blocks=_blocks(section.blocks, by_block),
            locator=section.locator,
        )
        for section in report.sections
    )
    return report.replace(
        title=_edited(report.title, by_block.get("title", [])),
        sections=sections,
        preamble=_blocks(report.preamble, by_block),
        signature=_blocks(report.signature, by_block),
    )


def _blocks(blocks: tuple[Block, ...], by_block: dict[str, list[ReplaceText]]) -> tuple[Block, ...]:
    return tuple(Block(id=block.id, text=_edited(block.text, by_block.get(block.id, [])), locator=block.locator) for block in blocks)


def _edited(text: str, edits: list[ReplaceText]) -> str:
    """From the last place to the first, so that offsets stay true."""
    floor: int | None = None
    for edit in sorted(edits, key=lambda edit: (-edit.span.start, -edit.span.end)):
        span = edit.span
        if floor is not None and span.end > floor:
            continue
        if text[span.start : span.end] != span.text:
            raise ConflictingInput(f"文字已经改过，找不到“{span.text}”。", "请重新检查后再修改。")
        text = text[: span.start] + edit.new + text[span.end :]
        floor = span.start
    return text
