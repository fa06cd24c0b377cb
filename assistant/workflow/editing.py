"""Changes by hand: cells, text, fixes. Each gives a new saved report; nothing is changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.cell import Cell, CellState, Typed
from assistant.domain.finding import Finding
from assistant.domain.report import Block, EditionId, Report, Section
from assistant.domain.saved import SavedReport
from assistant.errors import InvalidData
from assistant.forms import form_for_year, load_form

if TYPE_CHECKING:
    from assistant.domain.draft import DraftSentence, Origin
    from assistant.workspace import ReportEntry, Workspace

EDGES = {"preamble": "导语", "signature": "落款"}
LONGEST_UNIT = 80  # characters; the longest full names of organs have about half as many


def begin(workspace: Workspace, unit: str, year: int) -> ReportEntry:
    """A new report in the workspace. Raises `InvalidData` without a unit or with a text that is no name, `UnsupportedYear`, `ConflictingInput`."""
    if not unit.strip():
        raise InvalidData("没有填写单位名称。", "请填写单位全称，与落款和公章一致。")
    if len(unit.strip()) > LONGEST_UNIT:
        raise InvalidData(f"单位名称有 {len(unit.strip())} 个字，过长。", f"请填写单位全称，不超过 {LONGEST_UNIT} 个字。")
    form_for_year(year)
    return workspace.create(unit.strip(), year)


def blank(unit: str, year: int) -> SavedReport:
    """A report of which only unit and year are known: every cell blank, every section empty."""
    form = form_for_year(year)
    return SavedReport(
        report=Report(
            unit=unit,
            year=year,
            edition=form.edition,
            title=f"{unit}{year}年{form.report_title}",
            cells=tuple(Cell(id=cell_id, state=CellState.BLANK) for cell_id in form.cell_ids),
            sections=tuple(Section(id=section.id, heading=section.printed) for section in form.sections),
        )
    )


def narrative_parts(edition: EditionId) -> dict[str, str]:
    """The parts that hold text, with their headings: sections 一, 五, 六, preamble, signature."""
    sections = {section.id.value: section.printed for section in load_form(edition).sections if section.kind == "narrative"}
    return sections | EDGES


def places(report: Report) -> dict[str, str]:
    """Everything in a report that can be spoken of, with a label: parts and tables, paragraphs, cells."""
    parts = {heading: heading for heading in [*narrative_parts(report.edition).values(), "表二", "表三", "表四"]}
    blocks = {block.id: f"文字：{block.text[:40]}" for _, block in report.blocks()}
    return parts | blocks | load_form(report.edition).names


def length_limit(edition: EditionId, part: str) -> int | None:
    """The length that a part should not exceed, in characters."""
    return next((section.limit for section in load_form(edition).sections if section.id.value == part), None)


def part_text(report: Report, part: str) -> str:
    """The paragraphs of a part, one a line."""
    return "\n".join(block.text for name, block in report.blocks() if name == part)


def set_text(
    saved: SavedReport,
    part: str,
    text: str,
    *,
    reason: str = "手工改写",
    origin: Origin = "hand",
    known: tuple[DraftSentence, ...] | None = None,
) -> SavedReport:
    """The report with the text of a part replaced; empty lines fall away. Sentences that still stand keep their sources, new ones are bound to the
    facts whose numbers they state. `known` are the sentences to be recognised, those of the report when not given."""
    from assistant.drafting.rebinding import rebound
    from assistant.workflow.prepared import material

    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    blocks = tuple(Block(id=f"{part}.{number}", text=line) for number, line in enumerate(paragraphs, 1))
    report = saved.report
    if part in EDGES:
        report = report.replace(**{part: blocks})
    else:
        sections = tuple(
            Section(id=section.id, heading=section.heading, blocks=blocks) if section.id.value == part else section
            for section in report.sections
        )
        report = report.replace(sections=sections)
    before = tuple(sentence for sentence in saved.sentences if sentence.section == part) if known is None else known
    sentences = rebound(part, blocks, before, material(saved), reason=reason, origin=origin)
    first = next((i for i, sentence in enumerate(saved.sentences) if sentence.section == part), len(saved.sentences))
    others = [(i, sentence) for i, sentence in enumerate(saved.sentences) if sentence.section != part]
    ordered = (*(s for i, s in others if i < first), *sentences, *(s for i, s in others if i > first))
    return SavedReport.model_validate({**dict(saved), "report": report, "sentences": ordered})


def set_cell(saved: SavedReport, cell_id: str, text: str, *, who: str, when: str) -> SavedReport:
    """The report with a cell typed by hand and the totals that depend on it computed anew. Raises `InvalidData` when the text is no number."""
    from assistant.files.grid.numbers import read_value

    form = load_form(saved.report.edition)
    column = form.columns_by_cell.get(cell_id)
    if column is None:
        raise InvalidData(f"格式里没有单元格 {cell_id}。")
    reading = read_value(text, column.unit)
    if reading.state is CellState.UNREADABLE:
        raise InvalidData(f"{form.names[cell_id]}：“{text}”{reading.doubt or '不是一个数'}，没有改动。", "请填数字；没有这项内容填 0。")
    cell = Cell(id=cell_id, value=reading.value, state=reading.state, raw=text.strip(), provenance=Typed(who=who, when=when))
    from assistant.tables.compute import recompute

    return SavedReport.model_validate({**dict(saved), "report": recompute(saved.report.with_cells(cell))})


def apply_fix(saved: SavedReport, finding: Finding, *, who: str, when: str) -> SavedReport:
    """The report with the edits of a finding's fix made."""
    from assistant.checks.fixes import apply_fixes

    return SavedReport.model_validate({**dict(saved), "report": apply_fixes(saved.report, (finding,), who=who, when=when)})
