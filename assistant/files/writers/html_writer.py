"""The report as a page that a portal can publish."""

from __future__ import annotations

from assistant.files.writers.blocks import ExportDocument
from assistant.files.writers.html_parts import page, part_html
from assistant.files.writers.xml import escaped


def html_bytes(document: ExportDocument) -> bytes:
    """The document as one self-contained HTML page; remarks, where there are any, follow as a numbered list."""
    notes = {note.number: note for note in document.notes}
    banner = [f'<p class="draft" role="note">{escaped(document.watermark)}</p>'] if document.watermark else []
    parts = [part_html(part, notes) for part in document.parts]
    annex = ['<section class="annex">', *(part_html(part, notes) for part in document.annex), "</section>"] if document.annex else []
    return page(document.title, "\n".join(banner + parts + annex))
