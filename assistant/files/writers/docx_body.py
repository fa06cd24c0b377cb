"""Paragraphs and tables of a Word document as WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, pairwise

from assistant.domain.finding import Severity
from assistant.domain.report import TableId
from assistant.files.writers.blocks import Change, ExportDocument, Note, Paragraph, Part, PlainTable, PrintedCell, PrintedTable, Run
from assistant.files.writers.docx_look import Face, Look
from assistant.files.writers.xml import clean, escaped

AUTHOR = "年报助手"
BAND_FILL = "C6D9F1"
_NOTE_FILLS: dict[Severity, str] = {"error": "FBD5D1", "warning": "FFE9C2", "info": "DCEBF9"}
_STYLES = {
    "title": "Title",
    "heading": "Heading1",
    "subheading": "Heading2",
    "item": "Heading3",
    "body": "BodyText",
    "signature": "Signature",
    "note": "TableText",
}
_MOVES: dict[Change, str] = {"delete": "moveFrom", "insert": "moveTo"}
_FIRST_RANGE = 100_000  # beyond the numbers of changes
_CELL_MARGIN = 114  # left and right together
_TABLE_FACE = Face("宋体", "宋体", 20)


class Body:
    """Collects the children of `w:body`. Change marks are numbered over the whole document."""

    def __init__(self, look: Look, notes: tuple[Note, ...] = ()) -> None:
        self.look = look
        self._severities = {note.number: note.severity for note in notes}
        self._changes = count(1000)

    def xml(self, document: ExportDocument) -> str:
        """All parts in order; the annex starts on a new page."""
        following = [*document.parts[1:], None]
        parts = [self._part(part, before_signature=_is_signature(after)) for part, after in zip(document.parts, following, strict=True)]
        for index, part in enumerate(document.annex):
            parts.append(self.paragraph(part, new_page=index == 0) if isinstance(part, Paragraph) else self._part(part))
        if parts and not isinstance((document.annex or document.parts)[-1], Paragraph):
            parts.append('<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>')  # a body may not end with a table
        return "".join(parts)

    def _part(self, part: Part, *, before_signature: bool = False) -> str:
        if isinstance(part, Paragraph):
            return self.paragraph(part, with_next=before_signature)
        return self.table(part) if isinstance(part, PrintedTable) else self.plain_table(part)

    def paragraph(self, part: Paragraph, *, new_page: bool = False, with_next: bool = False) -> str:
        """A paragraph in the style of its kind; `with_next` keeps its end on the page of the next one, so that no page holds a signature
        alone."""
        style = _STYLES[part.kind]
        face = self.look.faces.get(style, _TABLE_FACE)
        page = ("<w:keepNext/>" if with_next else "") + ("<w:pageBreakBefore/>" if new_page else "")
        mark = "" if part.change == "keep" else f"<w:rPr>{self._tag('ins' if part.change == 'insert' else 'del')}</w:rPr>"
        runs = self.runs(part.runs, face)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}{mark}</w:pPr>{runs}</w:p>'

    def runs(self, runs: Iterable[Run], face: Face, *, size: int | None = None) -> str:
        """Runs with their change marks; the range of a comment, or of moved text, spans from its first to its last run."""
        listed = tuple(runs)
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for index, run in enumerate(listed):
            for note in run.notes:
                first.setdefault(note, index)
                last[note] = index
        moved = _moved_ranges(listed)
        xml = []
        for index, run in enumerate(listed):
            if run.move and moved[run.move, run.change][0] == index:
                xml.append(self._move_start(run))
            xml += [f'<w:commentRangeStart w:id="{note}"/>' for note in run.notes if first[note] == index]
            xml.append(self._run(run, self.look.faces["Lead"] if run.lead else face, size))
            xml += [_comment_end(note) for note in run.notes if last[note] == index]
            if run.move and moved[run.move, run.change][1] == index:
                xml.append(f'<w:{_MOVES[run.change]}RangeEnd w:id="{_range_id(run)}"/>')
        return "".join(xml)

    def _run(self, run: Run, face: Face, size: int | None) -> str:
        tag = "delText" if run.change == "delete" and not run.move else "t"
        text = "<w:br/>".join(f'<w:{tag} xml:space="preserve">{escaped(line)}</w:{tag}>' for line in clean(run.text).split("\n"))
        style = '<w:rStyle w:val="Lead"/>' if run.lead else ""
        fonts = f'<w:rFonts w:ascii="{face.ascii}" w:hAnsi="{face.ascii}" w:eastAsia="{face.east_asia}" w:hint="eastAsia"/>'
        sized = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
        xml = f"<w:r><w:rPr>{style}{fonts}{sized}</w:rPr>{text}</w:r>"
        if run.change == "keep":
            return xml
        tag = _MOVES[run.change] if run.move else "ins" if run.change == "insert" else "del"
        return f"{self._tag(tag)[:-2]}>{xml}</w:{tag}>"

    def _move_start(self, run: Run) -> str:
        """The beginning of moved text; both places bear one name (ECMA-376 part 1, 17.13.5.21–28)."""
        return f'<w:{_MOVES[run.change]}RangeStart w:id="{_range_id(run)}" w:author="{AUTHOR}" w:name="move{run.move}"/>'

    def _tag(self, tag: str) -> str:
        return f'<w:{tag} w:id="{next(self._changes)}" w:author="{AUTHOR}"/>'

    def table(self, table: PrintedTable) -> str:
        """A statutory table in its merged structure; rows do not break and the table stays on one page where it fits."""
        widths = _widths(table.weights, self.look.table_width)
        rows = []
        for row in range(table.height):
            last = row == table.height - 1
            cells = "".join(self._cell(cell, row, widths, table.table, last=last) for cell in _row_cells(table, row))
            header = "<w:tblHeader/>" if row < table.header_rows else ""
            rows.append(
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="340" w:hRule="atLeast"/>{header}<w:jc w:val="center"/></w:trPr>{cells}</w:tr>'
            )
        return _table(widths, "".join(rows)) + _GAP

    def _cell(self, cell: PrintedCell, row: int, widths: list[int], table: TableId, *, last: bool) -> str:
        usual = self.look.table_size if table == "t3" else _TABLE_FACE.size
        width = sum(widths[cell.column : cell.column + cell.column_span])
        merge = "" if cell.row_span == 1 else f'<w:vMerge w:val="{"restart" if row == cell.row else "continue"}"/>'
        span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{self._fill(cell)}<w:vAlign w:val="center"/>'
        keep = "" if last else "<w:keepNext/>"
        text = ""
        if row == cell.row and (cell.text or cell.notes):
            size = _fitting(cell.text, width, usual) if cell.kind == "value" else usual
            text = self.runs([Run(cell.text, notes=cell.notes)], _TABLE_FACE, size=size)
        align = f'<w:jc w:val="{_align(cell, table)}"/>'
        return f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>{keep}{align}</w:pPr>{text}</w:p></w:tc>'

    def _fill(self, cell: PrintedCell) -> str:
        graded = sorted((self._severities[note] for note in cell.notes), key=list(_NOTE_FILLS).index)
        colour = BAND_FILL if cell.kind == "band" else _NOTE_FILLS[graded[0]] if graded else ""
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""

    def plain_table(self, table: PlainTable) -> str:
        """A table with one header line, repeated on every page."""
        widths = _widths(table.weights, self.look.table_width)
        rows = [self._plain_row(table.header, widths, header=True)]
        rows += [self._plain_row(row, widths, header=False) for row in table.rows]
        return _table(widths, "".join(rows)) + _GAP

    def _plain_row(self, texts: tuple[str, ...], widths: list[int], *, header: bool) -> str:
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{BAND_FILL}"/>' if header else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>{self.runs([Run(text)], _TABLE_FACE)}</w:p></w:tc>'
            for text, width in zip(texts, widths, strict=True)
        )
        repeated = "<w:tblHeader/>" if header else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


_GAP = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'


def _is_signature(part: Part | None) -> bool:
    return isinstance(part, Paragraph) and part.kind == "signature"


def _range_id(run: Run) -> int:
    return _FIRST_RANGE + 2 * run.move + (run.change == "insert")


def _moved_ranges(runs: tuple[Run, ...]) -> dict[tuple[int, Change], tuple[int, int]]:
    """The first and the last run of each stretch of moved text in a paragraph."""
    ranges: dict[tuple[int, Change], tuple[int, int]] = {}
    for index, run in enumerate(runs):
        if run.move:
            ranges[run.move, run.change] = (ranges.get((run.move, run.change), (index, index))[0], index)
    return ranges


def _comment_end(note: int) -> str:
    return f'<w:commentRangeEnd w:id="{note}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{note}"/></w:r>'


def _table(widths: list[int], rows: str) -> str:
    inner = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("insideH", "insideV"))
    outer = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right"))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 0), ("left", 57), ("bottom", 0), ("right", 57)))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{outer}{inner}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row_cells(table: PrintedTable, row: int) -> list[PrintedCell]:
    """The cells that cover a grid row, left to right, those begun above included."""
    return sorted((cell for cell in table.cells if cell.row <= row < cell.row + cell.row_span), key=lambda cell: cell.column)


def _widths(weights: tuple[int, ...], total: int) -> list[int]:
    """Column widths in dxa that add up to `total`."""
    whole = sum(weights)
    edges = [round(total * sum(weights[:index]) / whole) for index in range(len(weights) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _align(cell: PrintedCell, table: TableId) -> str:
    left = cell.kind in ("corner", "band") or (cell.kind == "stub" and table == "t3")
    return "left" if left else "center"


def _fitting(text: str, width: int, usual: int) -> int:
    """The half-point size at which a number fits its column in one line, at most the usual one (the digits of the fonts that stand
    in for 宋体 are up to 0.64 em wide)."""
    return max(8, min(usual, 10 * (width - _CELL_MARGIN) // (65 * max(len(text), 1))))
