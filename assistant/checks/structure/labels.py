"""S010–S011: the printed labels of the tables against the form."""

from __future__ import annotations

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.registry import rule
from assistant.checks.structure.differences import bare, difference
from assistant.checks.structure.headings import heading_slips
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import PrintedLabel

_TABLE = {"t2": "表二", "t3": "表三", "t4": "表四"}
_SLIP = 2
_DROPPED = ("行政",)  # words that real forms leave out without a slip: 其他法律（行政）法规禁止公开


@rule("S010", "S011")
def label_slips(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Labels with a slip of the pen are S010; those that leave out a word of the form without changing the sense are S011.
    A slip told for the heading of the section is not told again for its table."""
    told = {slip.core for _, _, slip in heading_slips(ctx)}
    slips: list[Finding] = []
    variants: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for label in (*ctx.report.labels, *_unrecognised(ctx)):
        if label.match != "similar" or label.key.startswith("section."):
            continue
        printed, expected = bare(label.printed), bare(label.expected)
        slip = difference(printed, expected)
        if not slip.distance or slip.core in told | seen:
            continue
        seen.add(slip.core)
        if any(printed == expected.replace(word, "", 1) for word in _DROPPED):
            variants.append(_told(ctx, "S011", label, f"比格式少了“{_missing(printed, expected)}”"))
        else:
            slips.append(_told(ctx, "S010", label, slip.words, slip.right, slip.wrong))
    return judged("S010", slips, "labels") + judged("S011", variants, "labels")


def _frame(ctx: CheckContext) -> dict[str, str]:
    """The labels that head blocks and groups, by key as readers name them."""
    form = ctx.form
    labels = {f"t2.block.{block.id}": block.label for block in form.t2.blocks}
    labels |= {f"t3.group.{group}": label for group, label in form.t3.groups.items()}
    labels |= {"t3.applicants": form.t3.applicants, "t3.organisations": form.t3.organisations}
    return labels | {f"t4.parent.{group.parent}": group.parent for group in form.t4.groups if group.parent}


def _unrecognised(ctx: CheckContext) -> list[PrintedLabel]:
    """Heads of blocks and groups that the reader did not recognise, where the table has a text that differs by a character or two."""
    known = {label.key for label in ctx.report.labels}
    tables = {key.split(".", 1)[0] for key in known}
    gone = {key: label for key, label in _frame(ctx).items() if key not in known and key.split(".", 1)[0] in tables}
    if not gone:
        return []
    taken = {bare(label.printed) for label in ctx.report.labels}
    slips = []
    for grid in ctx.report.grids:
        free = [
            cell.text
            for cell in grid.cells
            if cell.text and cell.cell is None and not cell.text.strip().isdigit() and bare(cell.text) not in taken
        ]
        for key, expected in gone.items():
            near = (
                [text for text in free if 0 < difference(bare(text), bare(expected)).distance <= _SLIP]
                if key.startswith(f"{grid.table}.")
                else []
            )
            slips += [PrintedLabel(key=key, expected=expected, printed=text, match="similar", locator=grid.locator) for text in near[:1]]
    return slips


def _missing(printed: str, expected: str) -> str:
    return next(word for word in _DROPPED if printed == expected.replace(word, "", 1))


def _told(ctx: CheckContext, code: str, label: PrintedLabel, what: str, expected: str | None = None, actual: str | None = None) -> Finding:
    table = _TABLE.get(label.key.split(".", 1)[0], "表内")
    message = f"{table}{'（' + label.locator + '）' if label.locator else ''}“{label.printed.strip()}”{what}。"
    return found(ctx, code, message, cells=_cells(ctx, label.key), expected=expected or label.expected, actual=actual or label.printed)


def _cells(ctx: CheckContext, key: str) -> tuple[str, ...]:
    """The first cell under the label, so that a screen can show the place."""
    table, kind, name = ([*key.split(".", 2), "", ""])[:3]
    if kind == "row":
        return tuple(cell for cell in ctx.form.cell_ids if cell.startswith(f"{table}.{name}."))[:1]
    if kind in ("column", "group"):
        return tuple(cell for cell in ctx.form.cell_ids if cell.startswith(f"{table}.") and name in cell.split("."))[:1]
    return ()
