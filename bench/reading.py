"""Reading: every format in process beside the nearest alternative, a thousand Word files on two processes, memory per file."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from assistant.domain.report import Report
from assistant.files.reading import read_report
from bench.harness import Measure, Note
from bench.sample import WORDINGS, as_text, of_pages, peak_memory, reworded, sample_report, written

_PEAK = """
import sys
from pathlib import Path
from assistant.files.reading import read_report
read_report(Path(sys.argv[1]))
"""
_FILES = 1000


def suite() -> Iterator[Measure | Note]:
    """The figures of the readers."""
    report = sample_report(2024)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _one_of_each(report, folder)
        for suffix, (path, target, baseline_name, baseline) in files.items():
            content = path.read_bytes()
            yield Note(f"read {suffix}: cells as written", _right(report, path))
            yield Measure(f"read {suffix}", _reading(content, path.name), target, baseline_name, _with(baseline, content), 7, 3)
        yield Measure(f"read {_FILES:,} .docx on 2 processes", _thousand(report, folder), 20_000, repeat=1, warm_up=False)
        yield Note("peak memory of Python alone", peak_memory(""))
        for suffix, (path, *_) in files.items():
            yield Note(f"peak memory of reading {suffix}, whole process", peak_memory(_PEAK, str(path)), "150 MB")


_Each = dict[str, tuple[Path, float | None, str, Callable[[bytes], object] | None]]


def _one_of_each(report: Report, folder: Path) -> _Each:
    """A file, the target in milliseconds and the alternative for every format."""
    pdf, text = folder / "report.pdf", folder / "report.txt"
    pdf.write_bytes(of_pages(report, 6))
    text.write_bytes(as_text(report))
    return {
        ".docx": (written(report, folder, "report.docx"), 50, "python-docx, row.cells", python_docx),
        ".html": (written(report, folder, "report.html"), 50, "lxml, text alone", _lxml),
        ".pdf of 6 pages": (pdf, 600, "pdfplumber, text and tables", _pdfplumber),
        ".xlsx": (written(report, folder, "report.xlsx"), None, "openpyxl, values", _openpyxl),
        ".txt": (text, None, "", None),
        ".json": (written(report, folder, "report.json"), None, "", None),
    }


def _reading(content: bytes, name: str) -> Callable[[], object]:
    return lambda: read_report(content, name)


def _with(baseline: Callable[[bytes], object] | None, content: bytes) -> Callable[[], object] | None:
    return (lambda: baseline(content)) if baseline else None


def _right(report: Report, path: Path) -> str:
    """How many cells come back as they were written: a fast wrong reading is none."""
    read = read_report(path).report
    same = sum(read.value(cell.id) == cell.value for cell in report.cells)
    return f"{same} of {len(report.cells)}"


def _thousand(report: Report, folder: Path) -> Callable[[], object]:
    """A run over many files, the start of the processes included."""
    files = [str(written(reworded(report, number), folder, f"{number}.docx")) for number in range(WORDINGS)]
    paths = [files[number % len(files)] for number in range(_FILES)]

    def run() -> int:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            return sum(pool.map(_cells, paths, chunksize=25))

    return run


def _cells(path: str) -> int:
    return len(read_report(Path(path)).report.cells)


def python_docx(content: bytes) -> int:
    """The characters in the cells and the number of paragraphs: what the usual library takes for opening a Word file."""
    from docx import Document

    document = Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return len(texts) + sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def _lxml(content: bytes) -> int:
    from lxml import html

    return sum(len(str(text)) for text in html.document_fromstring(content).itertext())


def _pdfplumber(content: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return sum(len(page.extract_text()) + len(page.extract_tables()) for page in pdf.pages)


def _openpyxl(content: bytes) -> int:
    from openpyxl import load_workbook

    return sum(1 for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets for _ in sheet.iter_rows(values_only=True))
