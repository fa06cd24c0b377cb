"""The review memo: what changed, what was asked, what was answered, what is open. Content only; writers give it a form."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.cell import plain
from assistant.domain.review import CellChange, Comparison, MemoBlock, QueueItem, TrendLine

_YEARS = 3
_FATES = {"told": "已交代", "again": "再次列为问题", "silent": "没有交代"}


def review_memo(
    comparison: Comparison,
    queue: tuple[QueueItem, ...] = (),
    answers: tuple[tuple[str, str], ...] = (),
    remarks: tuple[tuple[str, str, bool], ...] = (),
    trend: tuple[TrendLine, ...] = (),
) -> tuple[MemoBlock, ...]:
    """The memo as neutral blocks. `answers` are (question, answer), `remarks` are (place, text, resolved) of the reviewers, `trend` the figures over
    the years, told from three years on."""
    changed = [change for change in comparison.cells if change.delta]
    blocks = [
        MemoBlock(kind="heading", text=f"{comparison.unit or ''}{comparison.this_year or ''}年度报告审核备忘"),
        *(MemoBlock(kind="paragraph", text=note) for note in comparison.notes),
        MemoBlock(kind="heading", level=2, text="一、变动情况"),
        MemoBlock(kind="paragraph", text=_summary(comparison, changed)),
    ]
    if changed:
        header = ("项目", f"{comparison.last_year or '上'}年", f"{comparison.this_year or '本'}年", "增减", "增减%")
        blocks.append(MemoBlock(kind="table", rows=(header, *map(_row, changed))))
    blocks.append(MemoBlock(kind="table", rows=(("部分", "与上年重复度", "照抄句数"), *_section_rows(comparison))))
    if comparison.problems:
        blocks.append(MemoBlock(kind="heading", level=2, text="二、上年问题的整改情况"))
        blocks += [MemoBlock(kind="item", text=f"{fate.problem}：{_FATES[fate.fate]}") for fate in comparison.problems]
    blocks.append(MemoBlock(kind="heading", level=2, text="三、提出的问题和回答"))
    blocks += [MemoBlock(kind="item", text=f"{question} 答：{answer}") for question, answer in answers] or [
        MemoBlock(kind="paragraph", text="没有。")
    ]
    blocks += [
        MemoBlock(kind="item", text=f"（{place}）{text}{'（已解决）' if resolved else '（未解决）'}") for place, text, resolved in remarks
    ]
    blocks.append(MemoBlock(kind="heading", level=2, text="四、尚待处理"))
    pending = [item for item in queue if not item.decided]
    blocks += [MemoBlock(kind="item", text=f"{item.title}：{item.detail}") for item in pending] or [
        MemoBlock(kind="paragraph", text="没有。")
    ]
    if trend and len(trend[0].points) >= _YEARS:
        over_years = ("项目", *(f"{year}年" for year, _ in trend[0].points))
        rows = (((line.name, *(_plain(value) for _, value in line.points))) for line in trend)
        blocks += [MemoBlock(kind="heading", level=2, text="五、历年数据"), MemoBlock(kind="table", rows=(over_years, *rows))]
    return tuple(blocks)


def _summary(comparison: Comparison, changed: list[CellChange]) -> str:
    comparable = [change for change in comparison.cells if change.comparable]
    striking = [change for change in changed if change.outlier >= 1]
    text = f"可比较的 {len(comparable)} 个数据中，{len(changed)} 个有变动"
    return text + (f"，其中变动很大的 {len(striking)} 个排在最前。" if striking else "。")


def _row(change: CellChange) -> tuple[str, ...]:
    return (change.name, _plain(change.last), _plain(change.this), _plain(change.delta, signed=True), _plain(change.percent, signed=True))


def _plain(value: Decimal | None, *, signed: bool = False) -> str:
    if value is None:
        return "—"
    return ("+" if signed and value > 0 else "") + plain(value)


def _section_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    return [
        (section.heading, f"{section.similarity:.0%}", str(len(section.copied)))
        for section in comparison.sections
        if section.state == "both"
    ]
