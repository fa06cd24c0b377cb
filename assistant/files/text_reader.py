"""Pasted and converted text (.txt, .md): copied from Word, from a PDF as laid out, or from a PDF line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.domain.report import Loss, TableId
from assistant.errors import UnreadableFile
from assistant.files.grid.labels import vocabulary
from assistant.files.html_reader import decode, read_html
from assistant.files.limits import LARGEST_TEXT
from assistant.files.plain.disputes import disputes_table
from assistant.files.plain.drawn import drawn_tables, tabbed_again
from assistant.files.plain.lines import Line, Mode, mode_of, skeleton, split_lines
from assistant.files.plain.markdown import as_page, has_html_table, is_markdown, unmarked
from assistant.files.plain.paragraphs import paragraphs
from assistant.files.plain.tables import Built, matrix_table, stacked_table
from assistant.files.raw import Paragraph, RawDocument, RawTable
from assistant.files.sections import heading_of
from assistant.forms import editions, load_form

_FORM = load_form(editions()[-1])
_BLOCK = skeleton(_FORM.t2.blocks[0].label)[:5]
_CORNER = "勾稽关系"
_APPLICANTS = skeleton(_FORM.t3.applicants)
_FIRST_ROW = skeleton(_FORM.t3.rows[0].label)[:6]
_DISPUTES = skeleton(_FORM.t4.groups[0].label)
_LONGEST_BLOCK = 9
_LONGEST_LABELS = 90
_MOST_LINES = 6_000

Builder = Callable[[Sequence[Line], Mode, str], Built]
_BUILDS: dict[Builder, TableId] = {stacked_table: "t2", matrix_table: "t3", disputes_table: "t4"}


def read_text(content: bytes) -> RawDocument:
    """Paragraphs and tables of a text file. Raises `UnreadableFile` when it is too large or cannot be decoded."""
    if len(content) > LARGEST_TEXT:
        raise UnreadableFile("文本过大，已拒绝读取。", "请只保留报告本身后再试。")
    text = decode(content)
    if has_html_table(text):
        return read_html(as_page(unmarked(text)).encode())
    return read_lines(unmarked(text) if is_markdown(text) else text)


def read_lines(text: str) -> RawDocument:
    """Paragraphs and tables of a text."""
    if text.count("\n") > 4 * _MOST_LINES:
        raise _too_long()
    rows = text.splitlines() if "\f" not in text else []
    drawn = drawn_tables(rows)
    if drawn:
        text = "\n".join(tabbed_again(rows, drawn))
    mode = mode_of(text)
    if mode == "raw" and drawn:
        mode = "tabs"  # where tables are drawn, lines are not broken for a page
    lines = split_lines(text, mode)
    if len(lines) > _MOST_LINES:
        raise _too_long()
    found = _Found([], [])
    for run in drawn:
        if run.table is not None:
            before = sum(1 for line in lines if line.number <= run.start)
            found.read(lines[:before], mode)
            found.items.append(run.table)
            lines = lines[before:]
    found.read(lines, mode)
    return RawDocument(tuple(found.items), losses=tuple(found.losses))


@dataclass
class _Found:
    """What the lines of a text gave so far."""

    items: list[Paragraph | RawTable]
    losses: list[Loss]

    def read(self, lines: Sequence[Line], mode: Mode) -> None:
        """Add the paragraphs of lines and the tables that are told by the order of their labels."""
        done = 0
        for number, (start, end, build) in enumerate(_regions(lines), 1):
            built = build(lines[start:end], mode, f"表{number}")
            self.losses.extend(built.losses)
            if built.table is None:
                continue
            self.items.extend(paragraphs(lines[done:start], mode))
            self.items.append(built.table)
            done = end
        self.items.extend(paragraphs(lines[done:], mode))


def tables_in(lines: Sequence[Line], names: Sequence[TableId]) -> list[tuple[int, int, Built]]:
    """The statutory tables `names` among lines of any source: first line, the line after the last, and the table."""
    found = []
    for start, end, build in _regions(lines):
        if _BUILDS[build] in names:
            mode: Mode = "tabs" if any(line.width for line in lines[start:end]) else "raw"
            built = build(lines[start:end], mode, lines[start].locator)
            if built.table is not None:
                found.append((start, end, built))
    return found


def _too_long() -> UnreadableFile:
    return UnreadableFile("文本行数过多，已拒绝读取。", "请只保留报告本身后再试。")


def _regions(lines: Sequence[Line]) -> list[tuple[int, int, Builder]]:
    """Lines (from, up to) of each statutory table with its builder. A table ends where the next heading or table begins, after its last
    line of values."""
    headings = [at for at, line in enumerate(lines) if heading_of(line.text)]
    starts: list[tuple[int, Builder]] = []
    openers: tuple[tuple[Callable[[Line], bool], Builder], ...] = (
        (_opens_stacked, stacked_table), (_opens_matrix, matrix_table), (_opens_columns, disputes_table),
    )  # fmt: skip
    for first, build in openers:
        at = next((at for at, line in enumerate(lines) if at not in headings and first(line)), None)
        if at is not None:
            starts.append((at, build))
    starts.sort(key=lambda item: item[0])
    borders = sorted([*headings, *(at for at, _ in starts), len(lines)])
    found = []
    for at, build in starts:
        end = next(border for border in borders if border > at)
        last = max((index for index in range(at, end) if _is_row(lines[index])), default=-1)
        found.append((at, _with_rest(lines, last + 1, end) if last >= 0 else _labels_only(lines, at, end), build))
    return found


def _labels_only(lines: Sequence[Line], start: int, end: int) -> int:
    """The end of a table without any value: the first line that is longer than a label or ends a sentence."""
    return next((at for at in range(start, end) if len(lines[at].text.strip()) > _LONGEST_LABELS or set("。；") & set(lines[at].text)), end)


def _is_row(line: Line) -> bool:
    """Whether a line has values, or is the label of a row of 表二 whose values are blank."""
    if vocabulary().stacked_rows.find(line.text):
        return True
    return bool(line.values) and any(piece.text for piece in line.values) and not set("。；") & set(line.text)


def _with_rest(lines: Sequence[Line], start: int, end: int) -> int:
    """Past short lines after the last values: the rest of a label that was broken."""
    while start < end and len(lines[start].text.strip()) <= 12 and not set("。；，") & set(lines[start].text):
        start += 1
    return start


def _key(line: Line) -> str:
    return "".join(piece.key for piece in line.labels)


def _opens_stacked(line: Line) -> bool:
    key = _key(line)
    return key.startswith(_BLOCK) and len(key) <= _LONGEST_BLOCK


def _opens_matrix(line: Line) -> bool:
    key = _key(line)
    return (_CORNER in key and len(key) < 80) or key == _APPLICANTS or key.startswith(_FIRST_ROW)


def _opens_columns(line: Line) -> bool:
    key = _key(line)
    return key.startswith(_DISPUTES) and len(key) <= 2 * len(_DISPUTES) and not any(piece.text for piece in line.values)
