"""One way in for every format: `read_report`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.domain.report import ReadResult, Source
from assistant.files.assemble import assemble
from assistant.files.limits import check_size, load
from assistant.files.raw import Format, RawDocument
from assistant.files.sniff import sniff


def read_report(source: Path | bytes, name: str = "") -> ReadResult:
    """Read a report from a file or from its content (`name` is then the file's name).

    Raises `UnreadableFile` (damaged, encrypted, too large, hostile, unknown format) and `NotAReport`. Everything else that was not taken
    over as it stands is a `Loss` in the result.
    """
    content = load(source) if isinstance(source, Path) else source
    check_size(len(content))
    name = name or (source.name if isinstance(source, Path) else "")
    kind = sniff(content, name)
    origin = Source(file=name, sha256=hashlib.sha256(content).hexdigest(), format=kind)
    if kind == "json":
        from assistant.files.json_reader import read_json

        return read_json(content, origin)
    document = _raw(content, name, kind)
    if document.ocr or kind == "text":
        return assemble(document, origin.model_copy(update={"format": "scan"}) if document.ocr else origin)
    return _with_second_reading(document, origin)


def _with_second_reading(document: RawDocument, origin: Source) -> ReadResult:
    """The report; tables that the grid does not give are looked for in the order of the text, and that is kept when it gives more."""
    first = assemble(document, origin)
    from assistant.files.second_reading import numbers_read, read_again, unread_tables

    names = unread_tables(first)
    again = read_again(document, names) if names else None
    if again is None:
        return first
    second = assemble(again, origin)
    return second if numbers_read(second) > numbers_read(first) else first


def _raw(content: bytes, name: str, kind: Format) -> RawDocument:
    """The reader for each format is imported when it is needed."""
    if kind == "docx":
        from assistant.files.docx_reader import read_docx

        return read_docx(content)
    if kind == "html":
        from assistant.files.html_reader import read_html

        return read_html(content)
    if kind == "pdf":
        from assistant.files.pdf_reader import read_pdf

        return read_pdf(content)
    if kind == "xlsx":
        from assistant.files.xlsx_reader import read_xlsx

        return read_xlsx(content)
    if kind == "doc":
        from assistant.files.office import read_doc

        return read_doc(content, name)
    if kind == "scan":
        from assistant.files.ocr_process import recognised

        return recognised("image", content)
    from assistant.files.text_reader import read_text

    return read_text(content)
