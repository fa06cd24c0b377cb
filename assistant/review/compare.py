"""This year's report against last year's: sections, cells, problems, repetition."""

from __future__ import annotations

from assistant.domain.finding import Finding
from assistant.domain.report import Report
from assistant.domain.review import Comparison, CopiedSentence, RedlinePiece, SectionChange
from assistant.forms import load_form
from assistant.review.cells import compare_cells
from assistant.review.problems import problem_fates
from assistant.text.redline import redline
from assistant.text.similarity import repetition


def compare_reports(this: Report, last: Report, findings: tuple[Finding, ...] = ()) -> Comparison:
    """The comparison as the reviewer reads it. `findings` are those of the checks, carried along to be shown in place."""
    return Comparison(
        unit=this.unit,
        this_year=this.year,
        last_year=last.year,
        sections=tuple(_section(part, this, last) for part in _parts(this)),
        cells=compare_cells(this, last),
        problems=problem_fates(this, last),
        findings=findings,
        notes=tuple(_notes(this, last)),
    )


def _parts(this: Report) -> tuple[str, ...]:
    return ("preamble", *(section.id.value for section in load_form(this.edition).sections), "signature")


def part_text(report: Report, part: str) -> str:
    """The paragraphs of a part joined by line breaks."""
    return "\n".join(block.text for name, block in report.blocks() if name == part)


def _section(part: str, this: Report, last: Report) -> SectionChange:
    now, before = part_text(this, part), part_text(last, part)
    state = {(True, True): "both", (True, False): "only_this", (False, True): "only_last", (False, False): "neither"}[
        bool(now.strip()), bool(before.strip())
    ]
    heading = next(
        (section.heading for section in (*this.sections, *last.sections) if section.id.value == part),
        {"preamble": "导语", "signature": "落款"}.get(part, ""),
    )
    measured = repetition(now, before) if state == "both" else None
    return SectionChange(
        id=part,
        heading=heading,
        similarity=round(measured.score, 4) if measured else 0.0,
        redline=tuple(RedlinePiece(op=op.op, text=op.text, moved=op.moved) for op in redline(before, now)),
        copied=tuple(
            CopiedSentence(text=match.sentence.text, last=match.other.text, ratio=round(match.ratio, 4))
            for match in (measured.copied if measured else ())
            if match.other
        ),
        state=state,  # type: ignore[arg-type]
    )


def _notes(this: Report, last: Report) -> list[str]:
    notes = []
    if this.edition != last.edition:
        notes.append("两年使用的格式版本不同：表格只比较表四和表三的结转，其余数据口径不同，不作比较。")
    if this.unit and last.unit and this.unit != last.unit:
        notes.append(f"两份报告的单位名称不同：本年“{this.unit}”，上年“{last.unit}”。")
    if this.year is not None and last.year is not None and this.year - last.year != 1:
        notes.append(f"两份报告不是相邻年度：{last.year}年与{this.year}年。")
    return notes
