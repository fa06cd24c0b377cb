"""A PDF of the export document, typeset by typst with embedded Chinese fonts.

The text travels as data (`sys.inputs`) and is never spliced into typst source. The file is PDF/A-2u: a character that no font holds
is refused by that standard, so no box is ever printed in its place.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.files.writers.blocks import ExportDocument, Paragraph, Part, PlainTable, PrintedCell, PrintedTable, Run
from assistant.files.writers.xml import clean

_LAYOUT = Path(__file__).parent / "data" / "report.typ"
_USABLE = {False: 172.0, True: 156.0}  # width of the text area in mm, by layout
_TITLE_SIZE = {False: 18.0, True: 22.0}
_YEAR_OF_TITLE = re.compile(r"(?<=.)(?=\d{4}年)")
_USUAL = {False: 9.5, True: 9.0}
_POINT = 72 / 25.4


class UnprintableText(AssistantError):
    """The text holds characters for which no embedded font has a glyph, or typesetting failed."""

    code = "unprintable-text"


def pdf_bytes(document: ExportDocument, *, gb9704: bool = False) -> bytes:
    """The document as the bytes of a PDF file. Raises `UnprintableText`."""
    import typst

    data = {
        "title": _printable(document.title),
        "watermark": document.watermark,
        "gb9704": gb9704,
        "parts": [
            _part(part, gb9704, sticky=isinstance(after, Paragraph) and after.kind == "signature")
            for part, after in zip_longest(document.parts, document.parts[1:])
        ],
        "annex": [_part(part, gb9704) for part in document.annex],
    }
    try:
        content, warnings = typst.compile_with_warnings(
            _LAYOUT,
            format="pdf",
            font_paths=[_fonts()],
            ignore_system_fonts=True,
            pdf_standards="a-2u",
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise _refused(str(error)) from error
    if warnings:
        raise _refused("；".join(str(warning) for warning in warnings))
    return bytes(content)


def _fonts() -> Path:
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.serif_path()).parent


def _refused(reason: str) -> UnprintableText:
    found = re.search(r'text\s+`?"(.{1,40}?)"`? could not be displayed', reason, re.DOTALL)
    if found or "could not be displayed" in reason or "codepoint" in reason:
        which = f"“{found.group(1)}”" if found else ""
        return UnprintableText(f"文字{which}中有字体没有的字，未生成 PDF。", "请改用常用字，或导出为 Word、网页格式。")
    return UnprintableText(f"排版未成功，未生成 PDF：{reason[:200]}", "请导出为 Word 或网页格式。")


def _part(part: Part, gb9704: bool, *, sticky: bool = False) -> dict[str, Any]:
    if isinstance(part, Paragraph):
        part = _broken_title(part, _USABLE[gb9704] * _POINT / _TITLE_SIZE[gb9704])
        runs = [_run(run) for run in part.runs if run.change != "delete"]
        return {"type": "paragraph", "kind": part.kind, "runs": runs, "sticky": sticky}
    if isinstance(part, PlainTable):
        return {
            "type": "plain",
            "header": part.header,
            "rows": [[_printable(text) for text in row] for row in part.rows],
            "weights": part.weights,
        }
    return _statutory(part, gb9704)


def _broken_title(part: Paragraph, room: float) -> Paragraph:
    """A title that does not fit into a line of `room` characters is broken before the year and not inside a word (GB/T 9704-2012, 7.3.1)."""
    if part.kind != "title" or len(part.runs) != 1:
        return part
    (run,) = part.runs
    width = sum(0.5 if char.isascii() else 1.0 for char in run.text)
    year = _YEAR_OF_TITLE.search(run.text)
    if width <= room or year is None or "\n" in run.text:
        return part
    return replace(part, runs=(replace(run, text=f"{run.text[: year.start()].rstrip()}\n{run.text[year.start() :]}"),))


def _printable(text: str) -> str:
    """Without what no page can show: control characters and byte order marks."""
    return clean(text).replace("\ufeff", "")


def _run(run: Run) -> dict[str, Any]:
    return {"text": _printable(run.text), "lead": run.lead}


def _statutory(table: PrintedTable, gb9704: bool) -> dict[str, Any]:
    total = sum(table.weights)
    cells = []
    for cell in table.cells:
        width = sum(table.weights[cell.column : cell.column + cell.column_span]) / total * _USABLE[gb9704] * _POINT - 6
        place = {"row": cell.row, "column": cell.column, "row_span": cell.row_span, "column_span": cell.column_span}
        cells.append(place | {"kind": cell.kind, "text": _printable(cell.text), "size": _size(cell, width, _USUAL[gb9704])})
    return {"type": "statutory", "table": table.table, "weights": table.weights, "header_rows": table.header_rows, "cells": cells}


def _size(cell: PrintedCell, width: float, usual: float) -> float:
    """The size in points at which a number fits its column in one line (a digit of the font is 0.54 em wide)."""
    if cell.kind != "value" or not cell.text:
        return usual
    return max(4.0, min(usual, round(width / (0.56 * len(cell.text)), 1)))
