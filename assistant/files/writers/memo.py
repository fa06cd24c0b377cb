"""The review memo as an export document."""

from __future__ import annotations

from assistant.domain.review import MemoBlock
from assistant.files.writers.blocks import ExportDocument, Paragraph, ParagraphKind, Part, PlainTable, Run

_KINDS: dict[tuple[str, int], ParagraphKind] = {("heading", 1): "title", ("heading", 2): "heading", ("item", 1): "item"}


def memo_document(blocks: tuple[MemoBlock, ...], year: int | None = None) -> ExportDocument:
    """The memo's blocks in the form that the .docx and .html writers print; the first heading is the title."""
    title = next((block.text for block in blocks if block.kind == "heading"), "审核备忘")
    return ExportDocument(title=title, unit="", year=year, edition="2021", parts=tuple(_part(block) for block in blocks))


def _part(block: MemoBlock) -> Part:
    if block.kind == "table":
        header, *rows = block.rows
        return PlainTable(header=header, rows=tuple(rows), weights=(3, *(1 for _ in header[1:])))
    return Paragraph(_KINDS.get((block.kind, block.level), "body"), (Run(block.text),))
