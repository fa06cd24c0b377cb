"""A sound report to put one fault into, and the YAML form in which cases describe reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.checks import CheckContext, CheckSettings, RegisterSummary
from assistant.domain.cell import Cell, CellState, Imported, number_cell
from assistant.domain.report import Block, Loss, LossKind, PrintedLabel, Report, Section, SectionId
from assistant.forms import load_form

UNIT = "青山市云溪区水务局"
TEXT: dict[str, list[str]] = {
    "preamble": ["本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自{year}年1月1日起至{year}年12月31日止。"],
    "overview": [
        "{year}年，我局扎实推进政府信息公开工作。主动公开方面，及时公布供水、排水信息。依申请公开方面，健全受理、登记、答复流程。",
        "政府信息管理方面，落实保密审查。平台建设方面，维护门户网站专栏。监督保障方面，开展业务培训。",
    ],
    "problems": ["政策解读形式较为单一，图解偏少。{next}年，我局将增加图解和短视频。"],
    "other": ["本年度没有收取信息处理费，没有其他需要报告的事项。"],
}


def cell(cell_id: str, value: Any) -> Cell:
    """`12`, `"12.5"`, None (blank), `"/"` (dash), `"absent"`, `"?text"` (unreadable)."""
    if value is None:
        return Cell(id=cell_id, state=CellState.BLANK)
    if value == "absent":
        return Cell(id=cell_id)
    if str(value) in {"/", "—", "／"}:
        return Cell(id=cell_id, state=CellState.DASH, raw=str(value))
    if str(value).startswith("?"):
        return Cell(id=cell_id, state=CellState.UNREADABLE, raw=str(value)[1:])
    return number_cell(cell_id, Decimal(str(value)))


def expanded(cells: dict[str, Any], edition: Any) -> dict[str, Any]:
    """`t3.new.*: 3` stands for the whole line; an exact id goes before a line."""
    ids = load_form(edition).cell_ids
    found = {name: value for key, value in cells.items() if key.endswith("*") for name in ids if name.startswith(key[:-1])}
    return found | {key: value for key, value in cells.items() if not key.endswith("*")}


def report(spec: dict[str, Any] | None = None) -> Report:
    """A sound report of 2023 (2020 on the trial form) with the changes that `spec` names."""
    spec = spec or {}
    edition: Any = str(spec.get("edition", "2021"))
    year = spec.get("year", 2023 if edition == "2021" else 2020)
    form = load_form(edition)
    values = expanded(spec.get("cells", {}), edition)
    text = {part: [line.format(year=year, next=year + 1) for line in lines] for part, lines in TEXT.items()} | spec.get("text", {})
    headings = {section.id.value: section.printed for section in form.sections} | spec.get("headings", {})
    order = spec.get("order") or [section.id.value for section in form.sections if section.id.value not in spec.get("without", [])]
    return Report(
        unit=spec.get("unit", UNIT),
        year=year,
        edition=edition,
        title=spec.get("title", f"{spec.get('unit', UNIT)}{year}年政府信息公开工作年度报告"),
        cells=tuple(cell(name, values.get(name, 0)) for name in dict.fromkeys((*form.cell_ids, *values))),
        sections=tuple(Section(id=SectionId(part), heading=headings[part], blocks=_blocks(part, text.get(part, []))) for part in order),
        preamble=_blocks("preamble", text.get("preamble", [])),
        signature=_blocks("signature", text.get("signature", [])),
        labels=tuple(PrintedLabel(**label) for label in spec.get("labels", [])),
    )


def _blocks(part: str, lines: list[str]) -> tuple[Block, ...]:
    return tuple(Block(id=f"{part}.{number}", text=line) for number, line in enumerate(lines, 1))


def context(spec: dict[str, Any]) -> CheckContext:
    """The input of a run: `previous`, `losses`, `register`, `settings`, `today` beside the report itself."""
    previous = report({"year": spec.get("year", 2023) - 1} | spec["previous"]) if "previous" in spec else None
    losses = tuple(Loss(kind=LossKind(loss["kind"]), message=loss["message"], cell=loss.get("cell")) for loss in spec.get("losses", []))
    register = spec.get("register")
    summary = None
    if register is not None:
        counted = {name: Decimal(str(value)) for name, value in register.get("counted", {}).items()}
        summary = RegisterSummary(counted=counted, **{key: tuple(value) for key, value in register.items() if key != "counted"})
    settings = CheckSettings(other_names=tuple(spec.get("other_names", [])))
    this = report(spec)
    if spec.get("ocr"):
        source = Imported(file="扫描.pdf", sha256="0" * 64, method="ocr", confirmed=False)
        this = this.with_cells(this.cell(spec["ocr"]).model_copy(update={"provenance": source}))
    return CheckContext(this, losses=losses, previous=previous, register=summary, settings=settings, today=spec.get("today"))
