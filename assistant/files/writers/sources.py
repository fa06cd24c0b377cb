"""Where numbers and sentences come from, in Chinese, and the evidence annex."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

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
            names = _named(form.names.get(name, name) for name in inputs[:_LISTED])
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


def _named(names: Iterable[str]) -> str:
    """Names of cells; neighbours of one row name it once: 表三“一、本年新收政府信息公开申请数量”自然人、商业企业."""
    rows = groupby((name.rpartition("”") for name in names), key=lambda parted: parted[0] + parted[1])
    return "、".join(row + "、".join(column for _, _, column in cells) for row, cells in rows)


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
        (part_name(report, sentence.section), sentence.text, _sentence_source(sentence, report)) for sentence in sentences if sentence.text
    )


def _sentence_source(sentence: DraftSentence, report: Report) -> str:
    said = [_ORIGINS[sentence.origin], COLOUR_LABELS.get(sentence.colour, ""), sentence.reason]
    if sentence.passages:
        said.append("依据：" + "、".join(_passage(passage, report) for passage in sentence.passages))
    if sentence.facts:
        said.append("数字：" + "、".join(sentence.facts))
    return "；".join(text for text in said if text)


def _passage(passage: str, report: Report) -> str:
    """`last:overview.3` as people say it; what the corpus holds keeps its id."""
    kind, _, place = passage.partition(":")
    part, _, number = place.rpartition(".")
    if kind == "last":
        return f"上年报告“{part_name(report, part)}”第 {number} 段"
    return "填报人的回答" if kind == "answer" else passage


def _paragraphs(report: Report) -> tuple[tuple[str, str, str], ...]:
    file = f"取自《{report.source.file}》" if report.source else "填写"
    return tuple((part_name(report, part), block.text, f"{file}{block.locator}") for part, block in report.blocks())


def part_name(report: Report, part: str) -> str:
    """The printed heading of a section; 开头部分 and 落款 for what stands outside the sections."""
    outside = {"preamble": "开头部分", "signature": "落款", "title": "标题"}
    return outside.get(part) or next((section.printed for section in load_form(report.edition).sections if section.id == part), part)
