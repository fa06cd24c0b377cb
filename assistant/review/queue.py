"""What the reviewer looks at first: by risk, not by page."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain.draft import DraftSentence
from assistant.domain.finding import Finding, fingerprint
from assistant.domain.review import CellChange, Comparison, QueueItem, SectionChange

_UNSUPPORTED = ("G001", "G003", "G006", "G007", "G009", "G011")


def review_queue(
    comparison: Comparison,
    findings: tuple[Finding, ...] = (),
    sentences: tuple[DraftSentence, ...] = (),
    *,
    decided: frozenset[str] = frozenset(),
    explained_cells: frozenset[str] = frozenset(),
    repetition_threshold: float = 0.5,
) -> tuple[QueueItem, ...]:
    """Errors, unsupported sentences, changed numbers without explanation, copied sections, then the rest. An item whose fingerprint a person has
    decided keeps its place at the end of its kind, marked."""
    items = [
        *map(_from_finding, (*findings, *comparison.findings)),
        *(_from_sentence(sentence, comparison) for sentence in sentences if sentence.attention and sentence.text),
        *(_from_change(change, comparison) for change in comparison.cells if change.outlier >= 1 and change.cell not in explained_cells),
        *(_from_section(section, comparison) for section in comparison.sections if _copied(section, repetition_threshold)),
        *_from_problems(comparison),
    ]
    unique = {item.fingerprint: item for item in reversed(items)}
    marked = [item.model_copy(update={"decided": item.decided or item.fingerprint in decided}) for item in unique.values()][::-1]
    return tuple(sorted(marked, key=lambda item: (item.risk, item.decided)))


def _from_finding(finding: Finding) -> QueueItem:
    place = finding.span.block if finding.span else "、".join(finding.cells[:3])
    item = QueueItem(
        risk=0,
        kind="error",
        title=finding.title,
        detail=finding.message,
        place=place,
        fingerprint=finding.fingerprint,
        decided=finding.explained is not None,
    )
    if finding.code in _UNSUPPORTED:
        return item.model_copy(update={"risk": 1, "kind": "unsupported"})
    return item if finding.severity == "error" else item.model_copy(update={"risk": 4, "kind": "rest"})


def _from_sentence(sentence: DraftSentence, comparison: Comparison) -> QueueItem:
    return QueueItem(
        risk=1,
        kind="unsupported",
        title="请核对这一句",
        detail=f"{sentence.reason}：{sentence.text}",
        place=sentence.block,
        fingerprint=_print("sentence", comparison, (), sentence.text),
    )


def _from_change(change: CellChange, comparison: Comparison) -> QueueItem:
    return QueueItem(
        risk=2,
        kind="change",
        title="变动很大，请说明原因",
        detail=f"{change.name}由上年的{change.last:f}变为{change.this:f}",
        place=change.cell,
        fingerprint=_print("change", comparison, (change.cell,), f"{change.last}{change.this}"),
    )


def _copied(section: SectionChange, threshold: float) -> bool:
    """Preamble and signature say the same every year and should."""
    return section.state == "both" and section.similarity > threshold and section.id not in ("preamble", "signature")


def _from_section(section: SectionChange, comparison: Comparison) -> QueueItem:
    return QueueItem(
        risk=3,
        kind="copied",
        title="与上年重复较多",
        detail=f"{section.heading}与上年的重复度为{section.similarity:.0%}，其中{len(section.copied)}句基本照抄",
        place=section.id,
        fingerprint=_print("copied", comparison, (), section.id),
    )


def _from_problems(comparison: Comparison) -> Iterable[QueueItem]:
    said = {"silent": "本年没有交代整改情况", "again": "本年再次列为问题，没有说明上年以来的整改"}
    for problem in comparison.problems:
        if problem.fate in said:
            yield QueueItem(
                risk=4,
                kind="rest",
                title="上年问题的整改情况",
                detail=f"上年提出的“{problem.problem}”，{said[problem.fate]}",
                place="problems",
                fingerprint=_print("fate", comparison, (), problem.problem),
            )


def _print(kind: str, comparison: Comparison, cells: tuple[str, ...], text: str) -> str:
    return fingerprint(f"Q-{kind}", comparison.unit, comparison.this_year, cells, text)
