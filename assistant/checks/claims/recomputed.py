"""The finding of a figure that does not follow from those it rests on: shares, rates, changes."""

from __future__ import annotations

from assistant.checks.claims.narrative import Paragraph
from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found
from assistant.domain.finding import Outcome, Severity
from assistant.text.claims import Mention


def recomputed(
    ctx: CheckContext,
    code: str,
    paragraph: Paragraph,
    mention: Mention,
    *,
    quote: str,
    basis: str,
    right: str,
    cells: tuple[str, ...] = (),
    severity: Severity | None = None,
) -> Outcome:
    """`quote`: the words of the text before the figure; `basis`: what it is computed from; `right`: the figure as it should be."""
    raw = mention.numeral.raw.strip()
    message = f"正文写“{quote}{raw}”，按{basis}计算应为 {right}。请重新计算。"
    finding = found(ctx, code, message, cells=cells, span=paragraph.span(mention), expected=right, actual=raw, severity=severity)
    return failed(code, subject_of_mention(paragraph, mention), finding)


def subject_of_mention(paragraph: Paragraph, mention: Mention) -> str:
    """What an outcome about this number is about."""
    return f"{paragraph.block.id}:{mention.numeral.start}"
