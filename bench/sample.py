"""The sample bureau's report as the material of the suites, in as many wordings as a suite needs, and memory of a run of its own."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from assistant.domain.report import Block, Report, Section
from assistant.files.reading import read_report
from assistant.files.writers import ExportOptions, report_bytes
from assistant.files.writers.blocks import Paragraph, PrintedTable, export_document
from tests.sample import SAMPLE

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
WORDINGS = len(_STEMS) * len(_BRANCHES)


def sample_report(year: int) -> Report:
    """The sample bureau's report of 2022, 2023 or 2024, as read from its file."""
    return read_report(SAMPLE / f"report-{year}.docx").report


def reworded(report: Report, number: int) -> Report:
    """The report as another unit would have written it: every sentence differs by a few characters in brackets, so that nothing a
    process remembers of one wording helps it with another. All differ for `number` from 0 to `WORDINGS` squared."""
    more, first = divmod(number, WORDINGS)
    mark = "".join(_STEMS[place % len(_STEMS)] + _BRANCHES[place // len(_STEMS)] for place in ([first, more] if more else [first]))

    def again(block: Block) -> Block:
        return block.model_copy(update={"text": block.text.replace("。", f"（{mark}）。").replace("；", f"（{mark}）；")})

    sections = tuple(section.model_copy(update={"blocks": tuple(map(again, section.blocks))}) for section in report.sections)
    unit, title = f"{mark}{report.unit}", report.title.replace(report.unit or "", f"{mark}{report.unit}")
    return report.replace(unit=unit, title=title, sections=sections, grids=(), labels=())


def written(report: Report, folder: Path, name: str) -> Path:
    """The report as a file in `folder`; the suffix of `name` chooses the format."""
    path = folder / name
    path.write_bytes(report_bytes(report, path.suffix, options=ExportOptions()))
    return path


def of_pages(report: Report, pages: int) -> bytes:
    """The report as a PDF of so many pages: the paragraphs of section 一 are repeated until it is long enough."""
    import pdfplumber

    spare = tuple(block.text for block in report.sections[0].blocks)
    for more in range(200):
        content = report_bytes(_longer(report, spare, more), ".pdf", options=ExportOptions(gb9704=True))
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) >= pages:
                return content
    raise AssertionError(f"no PDF of {pages} pages")


def _longer(report: Report, spare: tuple[str, ...], more: int) -> Report:
    first = report.sections[0]
    texts = [block.text for block in first.blocks] + [spare[number % len(spare)] for number in range(more)]
    blocks = tuple(Block(id=f"{first.id.value}.{number}", text=text) for number, text in enumerate(texts, 1))
    return report.replace(sections=(Section(id=first.id, heading=first.heading, blocks=blocks), *report.sections[1:]))


def as_text(report: Report) -> bytes:
    """The report as copied out of Word: a paragraph a line, a row of a table a line, its cells parted by tabs."""
    lines: list[str] = []
    for part in export_document(report).parts:
        if isinstance(part, Paragraph):
            lines.append("".join(run.text for run in part.runs))
        elif isinstance(part, PrintedTable):
            lines += ["\t".join(cell.text for cell in part.cells if cell.row == row) for row in range(part.height)]
    return "\n".join(lines).encode()


def peak_memory(script: str, *arguments: str) -> str:
    """The largest resident size of a Python process that runs `script`, in MB."""
    # Not getrusage: the peak that it tells of a child starts with that of its parent.
    tail = '\nprint(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))\n'
    run = subprocess.run([sys.executable, "-c", script + tail, *arguments], capture_output=True, text=True, check=True)
    return f"{run.stdout.strip().splitlines()[-1]} MB"
