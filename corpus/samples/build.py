"""Makes the sample bureau's files from its YAML: `python corpus/samples/build.py`.

Reports become .docx through the project's own writer, the register becomes .xlsx; both are kept in the repository because a user
starts from such files.
"""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from assistant.domain.cell import number_cell
from assistant.domain.report import Block, Report, Section
from assistant.files.writers import ExportOptions, write_report
from assistant.forms import form_for_year

HERE = Path(__file__).parent


def _blocks(part: str, paragraphs: list[str]) -> tuple[Block, ...]:
    return tuple(Block(id=f"{part}.{number}", text=text.strip()) for number, text in enumerate(paragraphs, 1))


def report_of(data: dict[str, Any]) -> Report:
    """The report that a YAML file describes; every cell that is not named is 0."""
    form = form_for_year(data["year"])
    cells = {**dict.fromkeys(form.cell_ids, 0), **data["cells"]}
    texts = data["sections"]
    return Report(
        unit=data["unit"],
        year=data["year"],
        edition=form.edition,
        title=data["title"],
        preamble=_blocks("preamble", data["preamble"]),
        signature=_blocks("signature", data["signature"]),
        cells=tuple(number_cell(cell, Decimal(str(value))) for cell, value in cells.items()),
        sections=tuple(
            Section(id=section.id, heading=section.printed, blocks=_blocks(section.id.value, texts.get(section.id.value, [])))
            for section in form.sections
        ),
    )


def write_register(data: dict[str, Any], path: Path) -> None:
    """The register with a title line, a header and dates as dates."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 5)})
        sheet = book.add_worksheet("台账")
        bold, day = book.add_format({"bold": True, "border": 1, "text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(
            0,
            0,
            0,
            len(data["columns"]) - 1,
            data.get("title", "政府信息公开申请登记台账"),
            book.add_format({"bold": True, "align": "center"}),
        )
        sheet.write_row(1, 0, data["columns"], bold)
        for number, row in enumerate(data["rows"], 2):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(number, column, datetime.datetime(value.year, value.month, value.day), day)
                elif value is not None:
                    sheet.write(number, column, value)


def main() -> None:
    """Every bureau beside this file."""
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
        for source in sorted(folder.glob("*.yaml")):
            data = yaml.safe_load(source.read_text(encoding="utf-8"))
            target = source.with_suffix(".docx" if source.name.startswith("report-") else ".xlsx")
            if source.name.startswith("report-"):
                write_report(report_of(data), target, options=ExportOptions(gb9704=True))
            elif source.name.startswith("register-"):
                write_register(data, target)
            else:
                continue
            sys.stdout.write(f"{target.relative_to(HERE)}\n")


if __name__ == "__main__":
    main()
