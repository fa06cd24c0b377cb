"""The report as a page that a portal can publish."""

from __future__ import annotations

from assistant.files.writers.blocks import SEVERITY_LABELS, ExportDocument, Note
from assistant.files.writers.html_parts import page, part_html
from assistant.files.writers.xml import escaped


def html_bytes(document: ExportDocument) -> bytes:
    """The document as one self-contained HTML page; remarks, where there are any, follow as a numbered list."""
    notes = {note.number: note for note in document.notes}
    banner = [f'<p class="draft" role="note">{escaped(document.watermark)}</p>'] if document.watermark else []
    parts = [part_html(part, notes) for part in document.parts]
    annex = ['<section class="annex">', *(part_html(part, notes) for part in document.annex), "</section>"] if document.annex else []
    return page(document.title, "\n".join(banner + parts + _remarks(document.notes) + annex))


def _remarks(notes: tuple[Note, ...]) -> list[str]:
    items = [
        f'<li class="{note.severity}" id="note-{note.number}"><h3><span class="badge {note.severity}">{SEVERITY_LABELS[note.severity]}</span>{note.number}. '
        f'{escaped(note.title)} <span class="code">{escaped(note.code)}</span></h3><p>{escaped(note.text)}</p></li>'
        for note in notes
    ]
    return ['<section class="annex">\n<h2>问题清单</h2>\n<ol class="findings">', *items, "</ol>\n</section>"] if items else []
