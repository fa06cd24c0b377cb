"""T101–T104, T110 and T111: the identities of the form. A wrong cell that the sums determine is told once (T110, or by the rule on its state);
sums that nothing explains are told together, one finding for each kind of relation."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.context import CheckContext
from assistant.checks.findings import failed, found, passed, unknown
from assistant.checks.registry import rule
from assistant.checks.tables.cells import right_value, with_totals
from assistant.checks.tables.readings import read_tables
from assistant.checks.tables.relations import Relation, relations
from assistant.checks.tables.verdict import Verdict, verdict
from assistant.checks.tables.words import gap, listed, printed
from assistant.domain.cell import plain
from assistant.domain.finding import Finding, Outcome, SetCell

CODES = {"balance": "T101", "results": "T102", "row-total": "T103", "dispute-total": "T104"}
MOST = 4  # broken sums written out in one message


@rule("T101", "T102", "T103", "T104")
def identities(ctx: CheckContext) -> tuple[Outcome, ...]:
    """One outcome for each identity of the form; the first broken one of a kind carries the finding for all of its kind."""
    judged, outcomes = verdict(ctx), []
    told: set[str] = set()
    for relation in relations(ctx.report.edition):
        code = CODES[relation.template]
        loose = [other for other in judged.loose if other.template == relation.template] if judged.loose else []
        if loose and code not in told and relation in loose and not _told_by_cells(ctx, loose):
            told.add(code)
            outcomes.append(failed(code, relation.key, _broken_sums(ctx, code, loose, judged), identity=True))
        else:
            outcomes.append(_outcome(ctx, code, relation, judged))
    return tuple(outcomes)


def _outcome(ctx: CheckContext, code: str, relation: Relation, judged: Verdict) -> Outcome:
    reading = read_tables(ctx)[relation.table]
    cells = relation.left + relation.right
    rest = judged.residuals.get(relation.key)
    if reading.empty:
        return unknown(code, relation.key, "全表没有数字", identity=True)
    if rest is None:
        lacking = tuple(cell for cell in cells if cell in reading.unknown)
        return unknown(code, relation.key, f"缺 {listed(ctx, lacking, 3)}", identity=True)
    if not rest and not reading.assumed:
        return passed(code, relation.key, identity=True)
    gaps = [cell for cell in cells if cell in reading.gaps or cell in reading.dashes]
    if gaps:
        return unknown(code, relation.key, f"{listed(ctx, tuple(gaps), 3)}没有数字{'' if rest else '，按 0 则平'}", identity=True)
    detail = "空白按 0 计" if any(cell in reading.assumed for cell in cells) else ""
    return failed(code, relation.key, detail=detail, identity=True) if rest else passed(code, relation.key, detail, identity=True)


def _told_by_cells(ctx: CheckContext, loose: list[Relation]) -> bool:
    """Whether every broken sum holds a cell whose own fault (negative, decimal, dash, blank) is told already."""
    numbers = read_tables(ctx)
    odd = {
        cell for reading in numbers.values() for cell, value in reading.values.items() if value < 0 or value != value.to_integral_value()
    }
    return all(odd.intersection(relation.left + relation.right) for relation in loose)


def _broken_sums(ctx: CheckContext, code: str, loose: list[Relation], judged: Verdict) -> Finding:
    reading = read_tables(ctx)[loose[0].table]
    parts = [_written_out(ctx, relation, reading.values, judged.residuals[relation.key]) for relation in loose[:MOST]]
    more = f"（共 {len(loose)} 处）" if len(loose) > MOST else ""
    heads = tuple(dict.fromkeys(cell for relation in loose for cell in _heads(relation)))
    hint = _candidates(ctx, loose, judged)
    first = loose[0]
    expected = actual = None
    if len(loose) == 1 and len(first.left) == 1:
        expected, actual = None, printed(ctx, first.left[0])
    return found(ctx, code, f"{'；'.join(parts)}{more}。{hint}", cells=heads, expected=expected, actual=actual)


def _heads(relation: Relation) -> tuple[str, ...]:
    """The cells to look at first: the total, and the parts where there are few."""
    return relation.left + (relation.right if len(relation.right) <= 4 else ())


def _written_out(ctx: CheckContext, relation: Relation, values: object, rest: Decimal) -> str:
    assert isinstance(values, dict)
    left, right = (sum((values[cell] for cell in side), Decimal(0)) for side in (relation.left, relation.right))
    if relation.template == "balance":
        column = ctx.form.columns_by_cell[relation.left[0]].label
        return f"表三“{column}”列：新收＋上年结转＝{plain(left)}，（七）总计＋结转下年度＝{plain(right)}，相差 {plain(abs(rest))}"
    return f"{ctx.name(relation.left[0])}填 {plain(left)}，各分项之和为 {plain(right)}，{gap(-rest)}"


def _candidates(ctx: CheckContext, loose: list[Relation], judged: Verdict) -> str:
    """Where one number was changed alike in a column and in 总计: the lines that could be meant."""
    if len(loose) != 2 or any(relation.template != "balance" for relation in loose):
        return ""
    rests = {judged.residuals[relation.key] for relation in loose}
    if len(rests) != 1:
        return ""
    rest, values = rests.pop(), read_tables(ctx)["t3"].values
    column = loose[0].left[0].rsplit(".", 1)[1]
    options = []
    for row, sign, label in (("new", -1, "本年新收"), ("carried_in", -1, "上年结转"), ("carried_out", 1, "结转下年度")):
        value = values[f"t3.{row}.{column}"] + sign * rest
        if value >= 0:
            options.append(f"“{label}”{ctx.form.columns_by_cell[loose[0].left[0]].label}应为 {plain(value)}")
    return f"若只错一项，可能是：{'，或'.join(options)}（总计同改）。" if options else ""


@rule("T110")
def wrong_cell(ctx: CheckContext) -> tuple[Outcome, ...]:
    """A single cell that the sums show to be wrong, with its right value; a total that was summed up from it is told with it."""
    readings = read_tables(ctx)
    outcomes = []
    with_parts, across = _summed_from(ctx), _exchanged_within_a_row(ctx)
    for cell in verdict(ctx).roots:
        if cell in with_parts.values():
            continue
        if cell in across:
            outcomes.append(failed("T110", cell, *([_in_another_column(ctx, across)] if cell == across[0] else [])))
            continue
        reading = readings["t4" if cell.startswith("t4.") else "t3"]
        value = reading.values[cell]
        if cell in reading.assumed or value < 0 or value != value.to_integral_value():
            continue  # told by the rule on the cell's state
        outcomes.append(failed("T110", cell, _located(ctx, cell, value, with_parts.get(cell))))
    return tuple(outcomes) or (passed("T110"),)


def _summed_from(ctx: CheckContext) -> dict[str, str]:
    """Wrong parts by cell, with the wrong total that differs as they do: it was added up from them, and the fault is one."""
    roots = verdict(ctx).roots
    return {
        part: relation.left[0]
        for relation in relations(ctx.report.edition)
        if len(relation.left) == 1 and relation.left[0] in roots
        for part in relation.right
        if part in roots and roots[part].delta == roots[relation.left[0]].delta
    }


def _exchanged_within_a_row(ctx: CheckContext) -> tuple[str, ...]:
    """The two wrong cells of a row where one lacks what the other has too much: a case counted under another kind of applicant."""
    roots = verdict(ctx).roots
    cells = tuple(sorted(roots, key=list(ctx.form.columns_by_cell).index))
    if len(cells) != 2 or cells[0].rsplit(".", 1)[0] != cells[1].rsplit(".", 1)[0] or any(right_value(ctx, cell) is None for cell in cells):
        return ()
    return cells if roots[cells[0]].delta == -roots[cells[1]].delta else ()


def _in_another_column(ctx: CheckContext, cells: tuple[str, ...]) -> Finding:
    rights = {cell: right for cell in cells if (right := right_value(ctx, cell)) is not None}
    parts = (f"{ctx.name(cell)}填 {printed(ctx, cell)}，应为 {plain(right)}" for cell, right in rights.items())
    message = f"{'；'.join(parts)}：一多一少，疑为计到了另一栏。"
    edits = tuple(SetCell(cell=cell, value=plain(right)) for cell, right in rights.items())
    first = cells[0]
    return found(ctx, "T110", message, cells=cells, expected=plain(rights[first]), actual=printed(ctx, first), edits=edits, fix_class="ask")


def _located(ctx: CheckContext, cell: str, value: Decimal, total_too: str | None) -> Finding:
    right = right_value(ctx, cell)
    assert right is not None  # a located cell has one
    root = verdict(ctx).roots[cell]
    ways = "、".join(dict.fromkeys(_way(key) for key in sorted(root.relations)))
    message = f"{ctx.name(cell)}填 {plain(value)}，应为 {plain(right)}（{gap(root.delta)}）：{ways}都指向这一格。"
    cells, edits = with_totals(ctx, cell), [SetCell(cell=cell, value=plain(right))]
    if total_too and (total_right := right_value(ctx, total_too)) is not None:
        message += f"{ctx.name(total_too)}随之填 {printed(ctx, total_too)}，应为 {plain(total_right)}。"
        cells = tuple(dict.fromkeys((cell, total_too, *cells)))
        edits.append(SetCell(cell=total_too, value=plain(total_right)))
    total = cell.endswith(".total") or cell.startswith("t3.processed.")
    return found(
        ctx,
        "T110",
        message,
        cells=cells,
        expected=plain(right),
        actual=plain(value),
        edits=tuple(edits),
        fix_class="safe" if total else "ask",
    )


def _way(key: str) -> str:
    return {"balance": "勾稽关系", "results": "各办理结果之和", "row-total": "各类申请人之和", "dispute-total": "各结果之和"}[
        key.split(":", 1)[0]
    ]


_MOVED = {"left": "各数左移了一栏", "right": "各数右移了一栏", "exchanged": "两个数互换了位置"}


@rule("T111")
def moved_cells(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Numbers of 表三 in the wrong place: all sums hold once they are put back."""
    misplaced = verdict(ctx).moved
    if misplaced is None:
        return (passed("T111", "t3"),)
    wrong = [(cell, right) for cell, right in misplaced.right if ctx.value(cell) != right]
    cells = tuple(cell for cell, _ in misplaced.right)
    if misplaced.kind == "exchanged":
        where, told = listed(ctx, cells), "互换后"
    else:
        label = ctx.form.columns_by_cell[cells[0]].label
        where, told = (
            ctx.name(cells[0]).removesuffix(label) + "一行",
            f"应依次为 {'、'.join(plain(right) for _, right in misplaced.right)}，改后",
        )
    message = f"{where}{_MOVED[misplaced.kind]}：{told}横向、纵向合计全部持平。"
    edits = tuple(SetCell(cell=cell, value=plain(right)) for cell, right in wrong)
    return (failed("T111", "t3", found(ctx, "T111", message, cells=cells, edits=edits)),)
