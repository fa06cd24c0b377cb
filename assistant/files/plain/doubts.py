"""What speaks against values read from text although every label found its place: further columns, rows nobody expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain.report import Loss, LossKind
from assistant.files.plain.lines import skeleton
from assistant.files.plain.streams import Explained, Found
from assistant.forms import Form


def further_columns(rows: Sequence[Found], columns: Sequence[str]) -> Iterator[Loss]:
    """Doubt about every row of 表三 when some have more values than there are columns: there is a further column, and a row with a blank cell
    can have as many values as an ordinary one."""
    counts = [sum(1 for group in found.values for piece in group if piece.text) for found in rows]
    if all(count <= len(columns) for count in counts):
        return
    for found, count in zip(rows, counts, strict=True):
        if count <= len(columns):
            row, where = _row(found), f"第{found.pieces[0].line}行"
            message = "表三有的行数值多于规定的栏目，各栏的数值不能肯定，请与原文核对。"
            yield from (Loss(kind=LossKind.UNCERTAIN, message=message, cell=f"{row}.{column}", locator=where) for column in columns)


def beside_strangers(told: Explained, form: Form) -> Iterator[Loss]:
    """Doubt about the rows before and after the label of a row that was not expected there: its values may have gone to them."""
    known = {skeleton(row.label) for row in form.t3.rows} | {skeleton(row.label) for block in form.t2.blocks for row in block.rows}
    rows = [found for found in told.labels[0] if ".row." in found.key]
    foreign = {id(piece) for piece, _ in told.foreign}
    for piece in told.unexplained:
        if piece.key not in known or id(piece) in foreign:
            continue
        place = (piece.line, piece.start)
        before = next((found for found in reversed(rows) if _place(found) < place), None)
        after = next((found for found in rows if _place(found) > place), None)
        message = f"旁边的“{piece.text[:30]}”没有认出是哪一行，此处的数值不能肯定，请与原文核对。"
        beside = {_row(found) for found in (before, after) if found}
        for cell in form.cell_ids:
            if cell.rpartition(".")[0] in beside:
                yield Loss(kind=LossKind.UNCERTAIN, message=message, cell=cell, locator=f"第{piece.line}行")


def _row(found: Found) -> str:
    """The beginning of the ids of its cells."""
    return found.key.replace(".row", "", 1)


def _place(found: Found) -> tuple[int, int]:
    return found.pieces[0].line, found.pieces[0].start
