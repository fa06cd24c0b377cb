"""Thousands of pairs through the command as an office runs it: `nianbao check --manifest`, first with an empty cache, then unchanged."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.domain.cell import number_cell
from assistant.domain.report import Report
from bench.harness import Measure, Note
from bench.reading import python_docx
from bench.sample import reworded, sample_report, written

_PAIRS = 3000
_COLD, _WARM = 15.0, 4 / 3  # milliseconds a pair: 45 s and 4 s for 3,000
_PART = 50  # pairs that the baseline reads; its time is taken as a share of the whole


def suite(pairs: int = _PAIRS) -> Iterator[Measure | Note]:
    """Cold and warm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _pairs(folder, pairs)
        size = sum(path.stat().st_size for pair in files for path in pair)
        yield Note("pairs, each unit's wording and figures its own", f"{len(files):,} pairs, {2 * len(files):,} .docx, {size // 2**20} MB")
        run = _command(folder, files)

        def opened() -> int:
            return sum(python_docx(path.read_bytes()) for pair in files[:_PART] for path in pair)

        share = _PART / len(files)
        yield Measure(
            f"check {pairs:,} .docx pairs on 2 processes, cold",
            run,
            _COLD * pairs,
            "python-docx on one process, cells and text alone",
            opened,
            1,
            1,
            False,
            share,
        )
        yield Measure("the same again, unchanged", run, _WARM * pairs, repeat=3, warm_up=False)


def _pairs(folder: Path, pairs: int) -> list[tuple[Path, Path]]:
    """This and last year's report of so many units, all different."""
    this, last = sample_report(2024), sample_report(2023)
    return [
        (written(_of_unit(this, number), folder, f"{number}-2024.docx"), written(_of_unit(last, number), folder, f"{number}-2023.docx"))
        for number in range(pairs)
    ]


def _of_unit(report: Report, number: int) -> Report:
    """The report of another unit: other wording, other numbers of decisions in 表二."""
    return reworded(
        report.with_cells(number_cell("t2.licensing.decisions", number), number_cell("t2.penalty.decisions", number // 7)), number
    )


def _command(folder: Path, files: list[tuple[Path, Path]]) -> Callable[[], object]:
    manifest = folder / "pairs.csv"
    with manifest.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("file", "previous", "register"), *((this, last, "") for this, last in files)])
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    command = [
        sys.executable,
        "-m",
        "assistant.cli",
        "check",
        "--manifest",
        str(manifest),
        "--format",
        "json",
        "--jobs",
        "2",
        "--data-dir",
        str(folder / "data"),
    ]

    def run() -> None:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or done.stdout.count("\n") != len(files):  # 1 is a finding
            raise RuntimeError(done.stderr)

    return run
