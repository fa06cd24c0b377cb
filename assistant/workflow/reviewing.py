"""This year's report against last year's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assistant.domain.draft import DraftSentence
from assistant.domain.finding import Finding
from assistant.domain.report import Report
from assistant.domain.review import Comparison, QueueItem, TrendLine
from assistant.domain.saved import SavedReport
from assistant.workflow.saving import load

if TYPE_CHECKING:
    from assistant.workspace import Workspace

COMPARE = "nianbao.compare/1"


def compare(this: Report, last: Report, findings: tuple[Finding, ...] = ()) -> Comparison:
    """The comparison of two years of one unit."""
    from assistant.review.compare import compare_reports

    return compare_reports(this, last, findings)


def queue(comparison: Comparison, saved: SavedReport, decided: Iterable[str] = ()) -> tuple[QueueItem, ...]:
    """What the reviewer should look at, gravest first. `decided` are the fingerprints of what somebody has decided; a large change that somebody
    has explained is not asked about again."""
    from assistant.review.queue import review_queue
    from assistant.workflow.open_points import explained_cells

    return review_queue(comparison, sentences=saved.sentences, decided=frozenset(decided), explained_cells=explained_cells(saved))


def trend(reports: Iterable[Report]) -> tuple[TrendLine, ...]:
    """Each figure over the years of the reports."""
    from assistant.review.trend import trends

    return trends(reports)


def years_known(workspace: Workspace, saved: SavedReport) -> tuple[Report, ...]:
    """The reports of the unit that are at hand, one per year: this one, last year's, and what the workspace holds."""
    found = [saved]
    for entry in workspace.reports():
        version = workspace.latest(entry.id) if entry.unit == saved.report.unit and entry.year != saved.report.year else None
        if version is not None:
            found.append(load(version.document))
    reports = [one.report for one in found] + [one.previous for one in found if one.previous]
    by_year = {report.year: report for report in reversed(reports) if report.year is not None}
    return tuple(by_year[year] for year in sorted(by_year))


def repetition(this: Report, last: Report, part: str) -> float | None:
    """How much of a part repeats last year's, 0 to 1; None where one of them is empty."""
    from assistant.review.compare import part_text
    from assistant.text.similarity import repetition as measure

    now, before = part_text(this, part), part_text(last, part)
    return measure(now, before).score if now.strip() and before.strip() else None


def sentence_repetition(sentence: DraftSentence) -> float | None:
    """How much of a drafted sentence repeats the one of last year that it comes from, figures aside, 0 to 1; None where there is none, and for
    headings and set phrases, which repeat by their nature."""
    from assistant.text.similarity import repetition as measure

    if not sentence.text or not sentence.last_text:
        return None
    found = measure(sentence.text, sentence.last_text)
    return None if all(match.left_out for match in found.matches) else found.score


RISKS = ("错误", "无来源的句子", "没有说明的数字变化", "照抄上年的部分", "其他")
MARKS = {"keep": "{}", "delete": "【删：{}】", "insert": "【增：{}】", "move": "【移来：{}】", "moved_away": "【移走：{}】"}


def queue_lines(items: Iterable[QueueItem]) -> list[str]:
    """The queue for people, gravest first, each with the beginning of its fingerprint."""
    found = [f"  [{item.fingerprint[:8]}] {'已看' if item.decided else RISKS[item.risk]}　{item.title}：{item.detail}" for item in items]
    return [f"先看这些（{len(found)} 项）：", *found]


def marked(pieces: Iterable[tuple[str, str]]) -> str:
    """A redline as plain text: `收到申请【删：42】【增：45】件`."""
    return "".join("\n".join(MARKS[op].format(line) if line else "" for line in text.split("\n")) for op, text in pieces)


def redline_lines(comparison: Comparison) -> list[str]:
    """The text of both years section by section as plain text with the changes marked."""
    lines = ["文字对照："]
    for section in comparison.sections:
        if section.redline:
            text = marked(("moved_away" if piece.moved and piece.op == "delete" else piece.op, piece.text) for piece in section.redline)
            lines += [section.heading, *(f"  {paragraph}" for paragraph in text.split("\n"))]
    return lines


def with_previous(saved: SavedReport, previous: Report) -> SavedReport:
    """The report held against another report of last year than the one it was filled from."""
    return SavedReport.model_validate({**dict(saved), "previous": previous})


def compare_document(comparison: Comparison) -> dict[str, Any]:
    """`nianbao.compare/1`."""
    from assistant.workflow.numbers import number

    document = comparison.model_dump(mode="json")
    document["cells"] = [
        {**cell.model_dump(mode="json"), **{name: number(getattr(cell, name)) for name in ("last", "this", "delta", "percent")}}
        for cell in comparison.cells
    ]
    return {"schema": COMPARE, **document, "error": None}


def compare_lines(comparison: Comparison) -> list[str]:
    """The comparison in lines for people: notes, sections with repetition, changed figures with outliers first, last year's problems."""
    from assistant.domain.cell import plain

    lines = [
        f"{comparison.unit or '单位未认出'}：{comparison.this_year} 年与 {comparison.last_year} 年对照",
        *comparison.notes,
        "各部分与上年重复：",
    ]
    lines += [f"  {section.heading}　{section.similarity:.0%}" for section in comparison.sections if section.state == "both"]
    lines.append(f"数字变化 {len(comparison.changed)} 处：")
    for cell in comparison.changed:
        percent = f"（{cell.percent:+.2f}%）" if cell.percent is not None else ""
        last, this = (plain(value) if value is not None else "空白" for value in (cell.last, cell.this))
        lines.append(f"  {cell.name}　{last} → {this}{percent}")
    fates = {"told": "已交代", "again": "又列为问题", "silent": "没有交代"}
    lines += [f"上年问题：{fate.problem}——{fates[fate.fate]}" for fate in comparison.problems]
    return lines
