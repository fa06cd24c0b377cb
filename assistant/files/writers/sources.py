"""Where numbers and sentences come from, in Chinese, and the evidence annex."""

from __future__ import annotations

from assistant.domain.cell import Carried, Cell, CellState, Computed, Counted, Imported, Typed, plain
from assistant.domain.draft import COLOUR_LABELS, DraftSentence
from assistant.domain.report import Report
from assistant.files.writers.blocks import Paragraph, Part, PlainTable, Run, shown
from assistant.forms import Form, load_form

_LISTED = 6
_ORIGINS = {
    "last_year": "沿用上年度报告",
    "model": "模型起草，数字由程序填入",
    "facts": "依据本年度事实生成",
    "form": "依据格式要求生成",
    "hand": "人工撰写",
}


def cell_source(cell: Cell, form: Form) -> str:
    """The source of a cell's value in one Chinese sentence; values that other sources gave are named after it."""
    others = "".join(f"；{source}为 {plain(value)}" for source, value in cell.alternatives)
    return _source(cell, form) + others


def _source(cell: Cell, form: Form) -> str:
    match cell.provenance:
        case Typed(who=who, when=when):
            return f"{who}于 {when[:10]} 填写"
        case Computed(identity=identity, inputs=inputs):
            title = next((instance.title for instance in form.instances if identity in (instance.key, instance.template)), identity)
            names = "、".join(form.names.get(name, name) for name in inputs[:_LISTED])
            return f"按“{title}”由 {len(inputs)} 项计算：{names}{'等' if len(inputs) > _LISTED else ''}"
        case Carried(cell=source, year=year):
            return f"结转自 {year} 年度报告{form.names.get(source, source)}"
        case Counted(file=file, rows=rows, measure=measure):
            listed = "、".join(rows[:_LISTED]) + ("等" if len(rows) > _LISTED else "")
            return f"由台账《{file}》{len(rows)} 行计得{f'（{measure}）' if measure else ''}{f'：{listed}' if listed else ''}"
        case Imported(file=file, method=method, confirmed=confirmed):
            doubt = "" if method == "text" else "（文字识别，已核对）" if confirmed else "（文字识别，尚未核对）"
            return f"取自《{file}》{cell.locator}{doubt}"
        case _:
            return "未记录来源"


def evidence_annex(report: Report, sentences: tuple[DraftSentence, ...] = ()) -> tuple[Part, ...]:
    """The annex: every number printed in the tables and every sentence or paragraph of the narrative, each with its source."""
    form = load_form(report.edition)
    numbers = _numbers(report, form)
    parts: list[Part] = [Paragraph("title", (Run("附：数据和文字来源"),))]
    if numbers:
        parts += [Paragraph("heading", (Run("数据来源"),)), PlainTable(("数据", "数值", "来源"), numbers, (34, 18, 48))]
    texts = _sentences(report, sentences) if sentences else _paragraphs(report)
    if texts:
        parts += [Paragraph("heading", (Run("文字来源"),)), PlainTable(("部分", "文字", "来源"), texts, (16, 52, 32))]
    return tuple(parts)


def _numbers(report: Report, form: Form) -> tuple[tuple[str, str, str], ...]:
    """Name, value and source of every printed cell; neighbours of one row with the same value and source share a line."""
    entries: list[tuple[str, list[str], str, str]] = []
    for cell in map(report.cell, form.cell_ids):
        if cell.state in (CellState.ABSENT, CellState.BLANK):
            continue
        stem, _, column = form.names[cell.id].rpartition("”")
        value, source = shown(cell), cell_source(cell, form)
        if entries and (entries[-1][0], *entries[-1][2:]) == (stem, value, source):
            entries[-1][1].append(column)
        else:
            entries.append((stem, [column], value, source))
    return tuple((f"{stem}”{'、'.join(columns)}", value, source) for stem, columns, value, source in entries)


def _sentences(report: Report, sentences: tuple[DraftSentence, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (part_name(report, sentence.section), sentence.text, _sentence_source(sentence)) for sentence in sentences if sentence.text
    )


def _sentence_source(sentence: DraftSentence) -> str:
    said = [_ORIGINS[sentence.origin], COLOUR_LABELS.get(sentence.colour, ""), sentence.reason]
    if sentence.passages:
        said.append("依据：" + "、".join(sentence.passages))
    if sentence.facts:
        said.append("数字：" + "、".join(sentence.facts))
    return "；".join(text for text in said if text)


def _paragraphs(report: Report) -> tuple[tuple[str, str, str], ...]:
    file = f"取自《{report.source.file}》" if report.source else "填写"
    return tuple((part_name(report, part), block.text, f"{file}{block.locator}") for part, block in report.blocks())


def part_name(report: Report, part: str) -> str:
    """The printed heading of a section; 开头部分 and 落款 for what stands outside the sections."""
    outside = {"preamble": "开头部分", "signature": "落款", "title": "标题"}
    return outside.get(part) or next((section.printed for section in load_form(report.edition).sections if section.id == part), part)
