"""From paragraphs and tables in reading order to the report and the losses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.cell import Imported
from assistant.domain.report import Block, Loss, LossKind, PrintedLabel, ReadResult, Report, Section, SectionId, Source
from assistant.errors import NotAReport
from assistant.expressions import regex
from assistant.files.grid.labels import vocabulary
from assistant.files.grid.placement import Origin, printed_labels
from assistant.files.grid.tables import TablesRead, edition_of, read_tables, settle
from assistant.files.raw import Paragraph, RawCell, RawDocument, RawTable
from assistant.files.section_heads import find_headings
from assistant.files.sections import section_labels, split_run_in
from assistant.files.titles import Title, find_title, is_cover, is_date, parse_title, unit_of, year_of
from assistant.forms import Form, load_form

_SHORT = 30
_OUTCOMES = 3
_PAGE_NUMBER = regex(r"^\s*(?:[-—–]\s*\d{1,3}\s*[-—–]|第\s*\d{1,3}\s*页(?:\s*[,，/共].{0,8})?)\s*$")


@dataclass
class _Parts:
    """Paragraphs by part of the report."""

    front: list[Paragraph]
    sections: list[tuple[SectionId, Paragraph, list[Paragraph]]]
    signature: list[Paragraph]


def assemble(document: RawDocument, source: Source) -> ReadResult:
    """Understand a document. Raises `NotAReport` when it holds neither the statutory tables nor the sections."""
    items = _split(document.items)
    headings = find_headings(items)
    origin = Origin(
        Imported(
            kind="imported", file=source.file, sha256=source.sha256, method="ocr" if document.ocr else "text", confirmed=not document.ocr
        )
    )
    tables = read_tables([item for item in items if isinstance(item, RawTable)], origin)
    parts = _parts(items, headings)
    title = find_title([paragraph.text for paragraph in parts.front])
    _refuse_others(tables, parts, title)
    _take_front(parts, title)
    return _result(document, source, tables, parts, title)


def _split(items: Sequence[Paragraph | RawTable]) -> list[Paragraph | RawTable]:
    """Items without page numbers; headings that run into text are cut off, block labels of 表二 between tables become part of it."""
    found: list[Paragraph | RawTable] = []
    for item in items:
        if isinstance(item, RawTable):
            found.append(_captioned(found, item))
        elif vocabulary().blocks.find(item.text):
            found.append(RawTable((RawCell(0, 0, text=item.text.strip(), locator=item.locator),), item.locator))
        elif item.text.strip() and not _PAGE_NUMBER.match(item.text):
            found.extend(split_run_in(item))
    return found


def _captioned(before: list[Paragraph | RawTable], table: RawTable) -> RawTable:
    """A table of outcomes alone whose group stands in the paragraph above it (行政复议), with that paragraph as its first row; takes the
    paragraph away from `before`."""
    caption = before[-1] if before else None
    words = vocabulary()
    if not isinstance(caption, Paragraph) or len(caption.text) > _SHORT or not words.dispute_groups.find(caption.text):
        return table
    first = [cell for cell in table.cells if cell.row == 0 and cell.text.strip()]
    if len(first) < _OUTCOMES or not all(words.dispute_columns.find(cell.text) for cell in first):
        return table
    before.pop()
    head = RawCell(0, 0, 1, table.columns, caption.text.strip(), caption.locator)
    return RawTable((head, *(cell._replace(row=cell.row + 1) for cell in table.cells)), table.locator)


def _parts(items: Sequence[Paragraph | RawTable], headings: dict[int, SectionId]) -> _Parts:
    parts = _Parts([], [], [])
    for at, item in enumerate(items):
        if not isinstance(item, Paragraph):
            continue
        if at in headings:
            parts.sections.append((headings[at], item, []))
        elif parts.sections:
            parts.sections[-1][2].append(item)
        else:
            parts.front.append(item)
    if parts.sections:
        parts.signature = _closing(parts.sections[-1][2])
    return parts


def _closing(blocks: list[Paragraph]) -> list[Paragraph]:
    """Take the signature off the end of the last section: a date line, cover lines, and the unit's name above the date."""
    taken: list[Paragraph] = []
    while blocks:
        text = blocks[-1].text
        above_date = bool(taken) and is_date(taken[0].text) and len(text) <= _SHORT and not set("，。；：:、") & set(text)
        if not (is_cover(text) or (is_date(text) and not taken) or above_date):
            break
        taken.insert(0, blocks.pop())
    return taken


def _take_front(parts: _Parts, title: Title | None) -> None:
    """Leave the preamble in `front`: without the title's lines and the cover lines, which join the signature."""
    start, lines = (title.start, title.lines) if title else (-1, 0)
    rest = [paragraph for at, paragraph in enumerate(parts.front) if not start <= at < start + lines]
    cover = [paragraph for paragraph in rest if is_cover(paragraph.text)]
    parts.signature = cover + parts.signature
    parts.front = [paragraph for paragraph in rest if paragraph not in cover]


def _refuse_others(tables: TablesRead, parts: _Parts, title: Title | None) -> None:
    found = {section for section, _, _ in parts.sections}
    statutory = any(grid.table for grid in tables.grids)
    if not statutory and len(found) < 2 and not (title and found):
        raise NotAReport(
            "文件中没有认出政府信息公开工作年度报告：既没有规定的三张表，也没有规定的章节。",
            "请确认选对了文件；报告如是图片或扫描件，请改用 Word 文件或带文字的 PDF。",
        )


def _result(document: RawDocument, source: Source, tables: TablesRead, parts: _Parts, title: Title | None) -> ReadResult:
    hints = [hint for text in document.titles if (hint := parse_title(text))]
    narrative = [
        block.text for section, _, blocks in parts.sections if section in (SectionId.OVERVIEW, SectionId.PROBLEMS) for block in blocks[:1]
    ]
    front = [paragraph.text for paragraph in parts.front]
    year = year_of(title, front, narrative, hints)
    form = load_form(edition_of(tables.placement, year))
    cells = settle(tables, form)
    best = title or (hints[0] if hints else None)
    report = Report(
        unit=unit_of(title, [paragraph.text for paragraph in parts.signature], front, hints),
        year=year,
        edition=form.edition,
        title=best.text if best else "",
        cells=cells,
        sections=_sections(parts),
        preamble=_blocks("preamble", parts.front),
        signature=_blocks("signature", parts.signature),
        grids=tables.grids,
        labels=printed_labels(form, tables.placement.printed) + _heading_labels(form, parts),
        source=source,
    )
    return ReadResult(report=report, losses=(*document.losses, *tables.placement.losses, *_missing(form, report)))


def _sections(parts: _Parts) -> tuple[Section, ...]:
    """Sections with their blocks; a section that occurs twice goes on counting its blocks."""
    counts: dict[SectionId, int] = {}
    found: list[Section] = []
    for section, heading, blocks in parts.sections:
        first = counts.get(section, 0) + 1
        found.append(
            Section(id=section, heading=heading.text.strip(), blocks=_blocks(section.value, blocks, first), locator=heading.locator)
        )
        counts[section] = first - 1 + len(blocks)
    return tuple(found)


def _blocks(part: str, paragraphs: Sequence[Paragraph], first: int = 1) -> tuple[Block, ...]:
    return tuple(
        Block(id=f"{part}.{number}", text=paragraph.text.strip(), locator=paragraph.locator)
        for number, paragraph in enumerate(paragraphs, first)
    )


def _heading_labels(form: Form, parts: _Parts) -> tuple[PrintedLabel, ...]:
    labels = {label.key: label for label in section_labels(form)}
    found = []
    for section, heading, _ in parts.sections:
        label = labels[f"section.{section.value}"]
        printed = heading.text.strip()
        found.append(
            PrintedLabel(key=label.key, expected=label.expected, printed=printed, match=label.kind(printed), locator=heading.locator)
        )
    return tuple(found)


def _missing(form: Form, report: Report) -> tuple[Loss, ...]:
    present = {section.id for section in report.sections}
    return tuple(
        Loss(kind=LossKind.MISSING_SECTION, message=f"没有找到“{section.printed}”一节。")
        for section in form.sections
        if section.id not in present
    )
