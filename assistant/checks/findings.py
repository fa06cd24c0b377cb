"""Building outcomes and findings: everything but place and message comes from the catalogue."""

from __future__ import annotations

from functools import lru_cache

from assistant.checks.catalogue import FixClass, catalogue
from assistant.checks.context import CheckContext
from assistant.checks.documents import basis_in_force
from assistant.domain.finding import Edit, Finding, Fix, Outcome, Severity, Span, Status


def found(
    ctx: CheckContext,
    code: str,
    message: str,
    *,
    cells: tuple[str, ...] = (),
    span: Span | None = None,
    expected: str | None = None,
    actual: str | None = None,
    edits: tuple[Edit, ...] = (),
    severity: Severity | None = None,
    advice: str = "",
    fix_class: FixClass | None = None,
) -> Finding:
    """A finding of rule `code`. `edits` are the typed changes that would mend it; the rule's fix class says who may apply them unless given."""
    row = catalogue()[code]
    return Finding(
        code=code,
        slug=row.slug,
        severity=severity or row.severity,
        title=row.title,
        message=message,
        cells=cells,
        span=span,
        expected=expected,
        actual=actual,
        basis=basis_in_force(row.basis, ctx.year),
        fix=Fix(fix_class=(fix_class or row.fix) if edits else "show", edits=edits, advice=advice or row.advice),
    )


@lru_cache(maxsize=4096)
def _outcome(code: str, subject: str, status: Status, detail: str, identity: bool) -> Outcome:
    """An outcome without findings. It is a value, the same in every report, and a run has 150 of them: each is built once."""
    return Outcome(code=code, subject=subject, status=status, detail=detail, identity=identity)


def passed(code: str, subject: str = "report", detail: str = "", *, identity: bool = False) -> Outcome:
    """The rule was evaluated and nothing is wrong."""
    return _outcome(code, subject, Status.PASS, detail, identity)


def failed(code: str, subject: str, *findings: Finding, detail: str = "", identity: bool = False) -> Outcome:
    """The rule was evaluated and something is wrong; without findings of its own when another finding tells it."""
    return Outcome(code=code, subject=subject, status=Status.FAIL, detail=detail, identity=identity, findings=findings)


def unknown(code: str, subject: str, detail: str, *, identity: bool = False) -> Outcome:
    """The rule could not be evaluated because input is missing."""
    return _outcome(code, subject, Status.UNKNOWN, detail, identity)


def not_applicable(code: str, subject: str = "report", detail: str = "") -> Outcome:
    """The rule has nothing to say about this report."""
    return _outcome(code, subject, Status.NOT_APPLICABLE, detail, False)


def judged(code: str, findings: list[Finding], subject: str = "report") -> tuple[Outcome, ...]:
    """One outcome for a rule that looks at the whole report: fail with its findings, else pass."""
    return (failed(code, subject, *findings),) if findings else (passed(code, subject),)
