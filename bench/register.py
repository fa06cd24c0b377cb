"""The register: 50,000 rows × 15 columns to filled tables, time and memory; the report on it; roll-up of 500 reports."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from assistant.domain.cell import number_cell
from assistant.domain.report import Report
from assistant.files.register import read_register
from assistant.forms import load_form
from assistant.tables.fill import fill_tables
from assistant.tables.register_report import register_report
from assistant.tables.rollup import roll_up
from bench.harness import Measure, Note

_ROWS = 50_000
_HEADER = ["序号", "收到日期", "申请人姓名", "申请人类型", "联系电话", "申请内容", "是否上年结转", "补正通知日期", "补正收到日期",
           "征求第三方意见日期", "是否延期", "答复日期", "办理结果", "送达方式", "备注"]  # fmt: skip
_OUTCOMES = (
    "予以公开",
    "部分公开",
    "不予公开（国家秘密）",
    "信息不存在",
    "信访转办",
    "重复申请",
    "逾期不补正",
    "不予公开（商业秘密）",
    "同意公开",
)
_PEAK = """
import sys
from pathlib import Path
from assistant.files.register import read_register
from assistant.tables.fill import fill_tables
fill_tables(2025, registers=[read_register(Path(sys.argv[1]))])
# not ru_maxrss: a child starts with its parent's
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def suite() -> Iterator[Measure | Note]:
    """The figures of the register and tables rooms."""
    with tempfile.TemporaryDirectory() as folder:
        path = _workbook(Path(folder) / "register.xlsx")
        yield Measure(
            "register of 50,000 rows to tables",
            lambda: fill_tables(2025, registers=[read_register(path)]),
            1500,
            "openpyxl, reading alone",
            lambda: _openpyxl(path),
            3,
            1,
        )
        peak = subprocess.run([sys.executable, "-c", _PEAK, str(path)], capture_output=True, text=True, check=True).stdout.strip()
        yield Note("its peak memory, whole process", f"{peak} MB", "150 MB")
        register = read_register(path)
        yield Measure("deadlines, late replies, fees of these rows", lambda: register_report(register, date(2025, 12, 31)), repeat=3)
    reports = _reports(500)
    yield Measure("roll-up of 500 reports", lambda: roll_up(reports, unit="某区", year=2025), target_ms=10_000, repeat=3)


def _workbook(path: Path) -> Path:
    chance = random.Random(1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, _HEADER)
        for row in range(1, _ROWS + 1):
            received = date(2025, 1, 1) + timedelta(days=chance.randrange(360))
            replied = received + timedelta(days=chance.randrange(1, 40))
            answered = replied.year == 2025
            values = [row, received.strftime("%Y.%m.%d") if row % 2 else received, f"张三{row % 9000}", chance.choice(["自然人", "商业企业", "其他"]),
                      f"1380000{row % 9000:04d}", f"关于第{row}号地块征收的文件", "否", "", "", "", "否", replied if answered else "",
                      chance.choice(_OUTCOMES) if answered else "", "邮寄", f"备注{row}"]  # fmt: skip
            for column, value in enumerate(values):
                sheet.write(row, column, value)
    return path


def _openpyxl(path: Path) -> int:
    from openpyxl import load_workbook

    return sum(1 for sheet in load_workbook(path, read_only=True).worksheets for _ in sheet.iter_rows(values_only=True))


def _reports(count: int) -> list[Report]:
    cells = load_form("2021").cell_ids
    return [
        Report(
            unit=f"单位{unit}",
            year=2025,
            edition="2021",
            cells=tuple(number_cell(cell, (unit + place) % 7) for place, cell in enumerate(cells)),
        )
        for unit in range(count)
    ]
