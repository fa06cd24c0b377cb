"""This year beside last year: cells, sections, problems, queue, trend, memo."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.cell import number_cell
from assistant.domain.finding import Finding
from assistant.forms import load_form
from assistant.review.compare import compare_reports
from assistant.review.memo import review_memo
from assistant.review.queue import review_queue
from assistant.review.trend import trends
from tests.drafting.sample import LAST, LAST_OVERVIEW, LAST_PROBLEMS, THIS, last_report, report


def this_report_with_text() -> object:
    return report(
        2025,
        {**THIS, "t2.licensing.decisions": 3},
        overview=(LAST_OVERVIEW[3], "（二）依申请公开。全年收到申请32件。"),
        problems=("针对上年政策解读形式单一的问题，已制作图解材料。存在的主要问题：一是答复说理不够充分。",),
    )


def test_a_section_redline_loses_nothing() -> None:
    comparison = compare_reports(this_report_with_text(), last_report())  # type: ignore[arg-type]
    overview = next(section for section in comparison.sections if section.id == "overview")
    kept = {
        op: "".join(piece.text for piece in overview.redline if piece.op in ops)
        for op, ops in {"old": ("keep", "delete"), "new": ("keep", "insert", "move")}.items()
    }
    assert kept["old"] == "\n".join(LAST_OVERVIEW)
    assert kept["new"].startswith(LAST_OVERVIEW[3])
    assert any("三审三校" in copied.text for copied in overview.copied)


def test_cells_show_difference_and_per_cent_outliers_first() -> None:
    comparison = compare_reports(this_report_with_text(), last_report())  # type: ignore[arg-type]
    first = comparison.cells[0]
    assert first.cell == "t2.licensing.decisions"
    assert (first.last, first.this, first.delta, first.percent) == (388, 3, -385, Decimal("-99.23"))
    assert {cell.cell for cell in comparison.cells} == set(load_form("2021").cell_ids)


def test_a_change_from_zero_has_no_per_cent() -> None:
    comparison = compare_reports(report(2025, {"t2.penalty.decisions": 5}), report(2024, {}))
    change = next(cell for cell in comparison.cells if cell.cell == "t2.penalty.decisions")
    assert (change.delta, change.percent) == (5, None)


def test_across_editions_only_what_means_the_same_is_compared() -> None:
    form = load_form("2019")
    last = report(2020, {}).replace(edition="2019", year=2020, cells=tuple(number_cell(cell, 1) for cell in form.cell_ids))
    comparison = compare_reports(report(2021, {}), last)
    comparable = {cell.cell.rsplit(".", 1)[0] for cell in comparison.cells if cell.comparable}
    assert comparable == {"t3.carried_in", "t3.carried_out", "t4.reconsideration", "t4.direct", "t4.after_reconsideration"}
    assert comparison.notes
    assert all(cell.note and cell.delta is None for cell in comparison.cells if not cell.comparable)


def test_a_blank_is_no_zero() -> None:
    last = report(2024, LAST)
    blank = last.replace(cells=tuple(cell for cell in last.cells if cell.id != "t3.new.total"))
    change = next(cell for cell in compare_reports(report(2025, THIS), blank).cells if cell.cell == "t3.new.total")
    assert change.delta is None
    assert change.note


def test_last_years_problems_are_followed_up() -> None:
    comparison = compare_reports(this_report_with_text(), last_report())  # type: ignore[arg-type]
    assert {fate.problem: fate.fate for fate in comparison.problems} == {"政策解读形式单一": "told", "部分栏目更新不及时": "silent"}
    again = report(2025, THIS, problems=(LAST_PROBLEMS[0],))
    assert {fate.fate for fate in compare_reports(again, last_report()).problems} == {"again"}


def test_identical_text_is_a_full_repetition_and_figures_do_not_hide_it() -> None:
    same = report(2025, THIS, overview=tuple(text.replace("40", "55").replace("2024", "2025") for text in LAST_OVERVIEW))
    overview = next(section for section in compare_reports(same, last_report()).sections if section.id == "overview")
    assert overview.similarity > 0.95


def test_the_queue_goes_by_risk_and_keeps_decisions() -> None:
    same = report(2025, {**THIS, "t2.licensing.decisions": 3}, overview=LAST_OVERVIEW)
    comparison = compare_reports(same, last_report())
    error = Finding(code="T101", slug="x", severity="error", title="不平衡", message="…", fingerprint="f1")
    items = review_queue(comparison, (error,))
    assert items[0].kind == "error"
    assert [item.risk for item in items] == sorted(item.risk for item in items)
    assert {"change", "copied"} <= {item.kind for item in items}
    decided = review_queue(comparison, (error,), decided=frozenset({"f1"}))
    assert next(item for item in decided if item.fingerprint == "f1").decided
    assert [item.fingerprint for item in review_queue(comparison, (error,))] == [item.fingerprint for item in items]


def test_an_explained_change_leaves_the_queue() -> None:
    comparison = compare_reports(report(2025, {**THIS, "t2.licensing.decisions": 3}), last_report())
    items = review_queue(comparison, explained_cells=frozenset({"t2.licensing.decisions"}))
    assert not [item for item in items if item.kind == "change"]


def test_trends_run_over_the_years_with_gaps_where_a_form_has_no_such_cell() -> None:
    lines = {line.cell: line.points for line in trends((report(2025, THIS), report(2024, LAST)))}
    assert lines["t3.new.total"] == ((2024, 40), (2025, 32))
    assert "t2.coercion.decisions" not in lines, "a figure that is zero in every year is no trend"


def test_the_memo_tells_what_changed_what_was_answered_and_what_is_open() -> None:
    comparison = compare_reports(this_report_with_text(), last_report())  # type: ignore[arg-type]
    memo = review_memo(
        comparison, review_queue(comparison), (("许可为什么减少？", "改由行政审批局办理。"),), (("overview.2", "补充说明", False),)
    )
    text = "\n".join(block.text for block in memo)
    assert "许可为什么减少？ 答：改由行政审批局办理。" in text
    assert "（未解决）" in text
    assert any(block.kind == "table" and block.rows[0][0] == "项目" for block in memo)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(load_form("2021").cell_ids), st.integers(0, 10**6), max_size=30), st.data())
def test_the_differences_add_up(values: dict[str, int], data: st.DataObject) -> None:
    other = {cell: data.draw(st.integers(0, 10**6)) for cell in values}
    for change in compare_reports(report(2025, values), report(2024, other)).cells:
        assert change.this is not None
        assert change.last is not None
        assert change.last + (change.delta or 0) == change.this
