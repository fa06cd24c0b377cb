"""Paragraphs and tables of the export document as HTML: semantic, accessible, without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from assistant.domain.finding import Severity
from assistant.files.writers.blocks import Note, Paragraph, Part, PlainTable, PrintedCell, PrintedTable, Run
from assistant.files.writers.xml import escaped

_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3", "item": "h4", "body": "p", "signature": "p", "note": "p"}
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
_ROOM = 5  # digits that fit a narrow column at the usual size
Notes = Mapping[int, Note]


def page(title: str, body: str) -> bytes:
    """A whole page around `body`: language, style sheet, no scripts, nothing fetched from elsewhere."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


@cache
def _style() -> str:
    return resources.files("assistant.files.writers").joinpath("data/page.css").read_text(encoding="utf-8")


def part_html(part: Part, notes: Notes) -> str:
    """One part."""
    if isinstance(part, Paragraph):
        return paragraph_html(part, notes)
    return table_html(part, notes) if isinstance(part, PrintedTable) else _plain_table(part)


def paragraph_html(part: Paragraph, notes: Notes) -> str:
    """A heading or paragraph; a paragraph deleted or inserted as a whole is marked as such."""
    tag = _TAGS[part.kind]
    kind = f' class="{part.kind}"' if part.kind in ("signature", "note") else ""
    anchor = f' id="{escaped(part.block)}"' if part.block else ""
    return f"<{tag}{kind}{anchor}>{''.join(_run(run, notes) for run in part.runs)}</{tag}>"


def _run(run: Run, notes: Notes) -> str:
    text = escaped(run.text).replace("\n", "<br>")
    if run.lead:
        text = f'<strong class="lead">{text}</strong>'
    if run.change != "keep":
        tag = "ins" if run.change == "insert" else "del"
        moved = f' class="moved" title="{"移到别处" if tag == "del" else "从别处移来"}"' if run.move else ""
        text = f"<{tag}{moved}>{text}</{tag}>"
    if run.notes:
        text = f'<mark class="{worst(run.notes, notes)}">{text}</mark>{_references(run.notes)}'
    return text


def worst(numbers: Iterable[int], notes: Notes) -> Severity:
    """The gravest severity among notes."""
    return min((notes[number].severity for number in numbers), key=_RANK.__getitem__)


def _references(numbers: Iterable[int]) -> str:
    return "".join(f'<a class="ref" href="#note-{number}" aria-label="见问题 {number}">［{number}］</a>' for number in numbers)


def table_html(table: PrintedTable, notes: Notes) -> str:
    """A statutory table: each value cell names its row and column headers."""
    headers = [cell for cell in table.cells if cell.kind in ("band", "header", "stub")]
    rows: list[list[str]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row].append(_cell(table, cell, headers, notes))
    lines = ["<tr>" + "".join(row) + "</tr>" for row in rows]
    head = table.header_rows
    body = (f"<thead>\n{_lines(lines[:head])}\n</thead>\n" if head else "") + f"<tbody>\n{_lines(lines[head:])}\n</tbody>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escaped(table.caption)}">\n<table class="{table.table}">\n<caption>{escaped(table.caption)}</caption>\n{_columns(table.weights)}\n{body}\n</table>\n</div>'


def _lines(lines: list[str]) -> str:
    return "\n".join(lines)


def _columns(weights: tuple[int, ...]) -> str:
    whole = sum(weights)
    return "<colgroup>" + "".join(f'<col style="width:{weight / whole:.2%}">' for weight in weights) + "</colgroup>"


def _identity(table: PrintedTable, cell: PrintedCell) -> str:
    return f"{table.table}-r{cell.row}c{cell.column}"


def _cell(table: PrintedTable, cell: PrintedCell, headers: list[PrintedCell], notes: Notes) -> str:
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    )
    if cell.kind == "value":
        severity = f" {worst(cell.notes, notes)}" if cell.notes else ""
        size = "" if table.table == "t2" or len(cell.text) <= _ROOM else " long" if len(cell.text) <= 2 * _ROOM else " longest"
        about = " ".join(_identity(table, header) for header in headers if _heads(table, header, cell, headers))
        return f'<td class="value{severity}{size}" headers="{about}"{spans}>{escaped(cell.text)}{_references(cell.notes)}</td>'
    if cell.kind == "corner":
        return f'<td class="corner"{spans}>{escaped(cell.text)}</td>'
    row_wise = cell.kind == "stub"
    group = (cell.row_span if row_wise else cell.column_span) > 1
    scope = ("row" if row_wise else "col") + ("group" if group else "")
    return f'<th class="{cell.kind}" id="{_identity(table, cell)}" scope="{scope}"{spans}>{escaped(cell.text)}</th>'


def _heads(table: PrintedTable, header: PrintedCell, cell: PrintedCell, headers: list[PrintedCell]) -> bool:
    """Whether `header` belongs to the value `cell`: a stub in its line, a header above it, in 表二 only that of its own block."""
    if header.kind == "stub":
        return header.row <= cell.row < header.row + header.row_span
    if not (header.row < cell.row and header.column < cell.column + cell.column_span and cell.column < header.column + header.column_span):
        return False
    if table.table != "t2":
        return True
    block = max(band.row for band in headers if band.kind == "band" and band.row < cell.row)
    return header.row >= block


def _plain_table(table: PlainTable) -> str:
    head = "".join(f'<th scope="col">{escaped(text)}</th>' for text in table.header)
    rows = _lines(["<tr>" + "".join(f"<td>{escaped(text)}</td>" for text in row) + "</tr>" for row in table.rows])
    return f'<div class="scroll" tabindex="0">\n<table class="plain">\n{_columns(table.weights)}\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'
