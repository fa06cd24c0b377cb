"""Filling from files: the sample bureau's materials to tables, and the roll-up of 500 files. What the register and the sums cost alone
is measured in `register`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.workflow.filling import fill
from assistant.workflow.many import roll_up
from bench.harness import Measure, Note
from bench.sample import WORDINGS, peak_memory, reworded, sample_report, written
from tests.sample import FACTS, PREVIOUS, REGISTER, UNIT, YEAR

_FILES = 500
_PEAK = """
import sys
from pathlib import Path
from assistant.workflow.many import roll_up
roll_up(sorted(Path(sys.argv[1]).iterdir()), unit="某区")
"""


def suite() -> Iterator[Measure | Note]:
    """The figures of filling."""
    yield Measure(
        "fill the sample bureau's tables and facts", lambda: fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS, facts=FACTS), repeat=5
    )
    for suffix in (".json", ".docx"):
        with tempfile.TemporaryDirectory() as name:
            files = _files(Path(name), suffix)
            row = f"roll-up of {len(files)} {suffix} files, reading and checking included, as many processes as cores"
            yield Measure(row, partial(roll_up, files, unit="某区", jobs=0), 10_000, repeat=1, warm_up=False)
            yield Note(f"its peak memory, whole process, {suffix}", peak_memory(_PEAK, name))


def _files(folder: Path, suffix: str) -> list[Path]:
    """Reports of 500 units: the sample report under other names."""
    report = sample_report(2024)
    wordings = [reworded(report, number) for number in range(WORDINGS)]
    chosen = [
        wordings[number % WORDINGS].replace(unit=f"第{number}局", title=f"第{number}局2024年政府信息公开工作年度报告")
        for number in range(_FILES)
    ]
    return [written(each, folder, f"{number}{suffix}") for number, each in enumerate(chosen)]
