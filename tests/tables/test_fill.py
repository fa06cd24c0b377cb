"""The tables filled from a register, last year's report and typed values: every number with its source, nothing guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.cell import Carried, CellState, Computed, Counted, Typed, number_cell
from assistant.domain.register import DecisionRow, DisputeRow, NormativeRow, RegisterDecisions, RegisterRow
from assistant.domain.report import Report
from assistant.errors import UnsupportedYear
from assistant.forms import load_form
from assistant.tables.fill import fill_tables
from assistant.tables.result import FillResult
from assistant.tables.rollup import broken_identities
from tests.tables.rows import YEAR, register, row, settled_rows

FORM = load_form("2021")


def filled(*rows: RegisterRow, **options: object) -> FillResult:
    return fill_tables(YEAR, unit="某局", registers=[register(*rows)], **options)  # type: ignore[arg-type]


def last_year(**values: int) -> Report:
    cells = tuple(number_cell(f"t3.carried_out.{column.id}", values.get(column.id, 0)) for column in FORM.t3.columns)
    return Report(unit="某局", year=YEAR - 1, edition="2021", cells=cells)


@given(settled_rows())
def test_every_row_counts_once_in_and_once_out(rows: tuple[RegisterRow, ...]) -> None:
    report = filled(*rows).report
    came = report.value("t3.new.total") + report.value("t3.carried_in.total")  # type: ignore[operator]
    went = report.value("t3.processed.total") + report.value("t3.carried_out.total")  # type: ignore[operator]
    assert came == went == len(rows)
    assert report.value("t3.new.total") == sum(row.received is not None and row.received.year == YEAR for row in rows)


@given(settled_rows())
def test_all_identities_hold(rows: tuple[RegisterRow, ...]) -> None:
    result = filled(*rows)
    assert result.complete
    assert broken_identities(result.report, FORM) == ()


@given(settled_rows(), st.randoms())
def test_order_of_rows_changes_nothing(rows: tuple[RegisterRow, ...], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = filled(*rows).report, filled(*shuffled).report
    assert {cell.id: cell.value for cell in one.cells} == {cell.id: cell.value for cell in other.cells}


@given(settled_rows())
def test_counted_cells_name_exactly_their_rows(rows: tuple[RegisterRow, ...]) -> None:
    report = filled(*rows).report
    counted = [cell for cell in report.cells if isinstance(cell.provenance, Counted)]
    assert all(cell.value == len(cell.provenance.rows) for cell in counted if isinstance(cell.provenance, Counted))
    new = [
        name for cell in counted if cell.id.startswith("t3.new.") and isinstance(cell.provenance, Counted) for name in cell.provenance.rows
    ]
    assert sorted(new) == sorted(row.locator for row in rows if row.received and row.received.year == YEAR)


def test_cells_without_source_stay_blank() -> None:
    report = filled(row(2)).report
    assert len(report.cells) == 200
    assert report.cell("t4.direct.upheld").state is CellState.BLANK
    assert report.cell("t2.rules.issued").state is CellState.BLANK
    assert report.value("t3.denied.secret.person") == 0


def test_answered_after_the_year_is_carried_out() -> None:
    report = filled(row(2, received=date(YEAR, 12, 20), replied=date(YEAR + 1, 1, 8))).report
    assert (report.value("t3.carried_out.person"), report.value("t3.granted.person")) == (1, 0)


def test_rows_outside_the_year_are_listed() -> None:
    result = filled(
        row(2),
        row(3, received=date(YEAR + 1, 1, 5), replied=None, outcome=""),
        row(4, received=date(YEAR - 1, 3, 1), replied=date(YEAR - 1, 3, 9)),
    )
    assert result.report.value("t3.new.total") == 1
    assert result.notes == (f"{YEAR + 1}年收到的申请，未计入：台账!A3。", "上年收到并已办结的申请，未计入：台账!A4。")


@pytest.mark.parametrize(
    ("fields", "kind", "said"),
    [
        ({"outcome": "撤回申请"}, "outcome", "撤回申请"),
        ({"outcome": "另行研究"}, "outcome", "不认识"),
        ({"outcome": ""}, "outcome", "没有填写办理结果"),
        ({"outcome": "办理中"}, "outcome", "有答复日期"),
        ({"category": "法人"}, "category", "没有写明"),
        ({"category": ""}, "category", "没有填写"),
        ({"received": None}, "date", "没有填写收到日期"),
        ({"received": None, "unread": (("received", "三月初"),)}, "date", "三月初"),
        ({"replied": None, "unread": (("replied", "4月"),)}, "date", "4月"),
        ({"replied": date(YEAR - 1, 3, 1)}, "date", "早于本年"),
        ({"carried_in": True}, "period", "标为上年结转"),
        ({"received": date(YEAR - 1, 12, 20), "carried_in": False}, "period", "没有标为上年结转"),
    ],
)
def test_what_the_register_does_not_settle_is_listed_not_guessed(fields: dict[str, object], kind: str, said: str) -> None:
    result = filled(row(2), row(3, **fields))
    assert [(item.kind, item.rows) for item in result.decisions_needed] == [(kind, ("台账!A3",))]
    assert said in result.decisions_needed[0].message
    assert result.report.value("t3.granted.person") == 1
    assert result.saved_notes()[0].needs_decision


def test_outcome_without_reply_date_is_a_question_unless_no_reply_is_due() -> None:
    result = filled(row(2), row(3, replied=None), row(4, replied=None, outcome="逾期不补正"))
    assert [item.rows for item in result.decisions_needed] == [("台账!A3",)]
    assert result.report.value("t3.other.uncorrected.person") == 1


def test_register_without_any_reply_date_is_counted_and_says_so() -> None:
    result = filled(row(2, replied=None), row(3, replied=None, outcome="办理中"))
    assert (result.report.value("t3.granted.person"), result.report.value("t3.carried_out.person")) == (1, 1)
    assert "没有答复日期" in result.notes[0]


def test_decisions_are_applied_and_no_longer_asked() -> None:
    rows = (row(2, outcome="撤回申请"), row(3, category="法人"), row(4, outcome="奇怪"), row(5, carried_in=True), row(6, outcome="已答复"))
    decisions = RegisterDecisions(
        outcomes={"撤回申请": "other.misc"},
        categories={"法人": "business"},
        rows={"台账!A4": "partial", "台账!A5": "include", "台账!A6": "exclude"},
    )
    result = filled(*rows, decisions=decisions)
    assert result.decisions_needed == ()
    value = result.report.value
    assert (value("t3.other.misc.person"), value("t3.granted.business"), value("t3.partial.person"), value("t3.new.total")) == (1, 1, 1, 4)
    assert "按决定不计入" in result.notes[0]


def test_detail_column_settles_an_open_outcome() -> None:
    result = filled(row(2, outcome="不予公开", outcome_detail="属于国家秘密"), row(3, outcome="予以公开", outcome_detail="提供了三份文件"))
    assert result.complete
    assert (result.report.value("t3.denied.secret.person"), result.report.value("t3.granted.person")) == (1, 1)


def test_lines_that_stand_for_several_applications() -> None:
    assert filled(row(2, items=3), row(3)).report.value("t3.granted.total") == 4


def test_summary_sheet_beside_monthly_sheets_is_counted_once_and_reported() -> None:
    march = row(2, number="2025-1", applicant="aa", content="cc")
    summary = march._replace(locator="汇总!A2")
    result = filled(march, summary)
    assert result.report.value("t3.new.total") == 1
    assert [(item.kind, item.rows) for item in result.decisions_needed] == [("duplicate", ("汇总!A2",))]
    twice = filled(march, march._replace(locator="台账!A9"), march._replace(locator="台账!A10", content="dd"))
    assert twice.report.value("t3.new.total") == 2
    assert [(item.kind, item.rows) for item in twice.decisions_needed] == [("duplicate", ("台账!A9",))]
    again = filled(march, summary, decisions=RegisterDecisions(rows={"汇总!A2": "include"}))
    assert again.report.value("t3.new.total") == 2


def test_carry_over_comes_from_last_year_and_is_reconciled_with_the_register() -> None:
    carried = row(2, received=date(YEAR - 1, 12, 20))
    result = filled(carried, row(3), previous=last_year(person=2, business=1, total=3))
    cell = result.report.cell("t3.carried_in.person")
    assert (cell.value, cell.alternatives) == (2, (("台账", Decimal(1)),))
    assert isinstance(cell.provenance, Carried)
    assert [item.cell for item in result.differences] == ["t3.carried_in.person", "t3.carried_in.business"]
    assert "台账!A2" in result.differences[0].message
    assert "没有这一类的上年结转记录" in result.differences[1].message
    assert result.report.value("t3.carried_in.total") == 3


def test_agreeing_carry_over_raises_nothing() -> None:
    assert filled(row(2, received=date(YEAR - 1, 12, 20)), previous=last_year(person=1, total=1)).complete


def test_report_of_another_year_is_not_carried_over() -> None:
    result = filled(row(2), previous=last_year(person=1, total=1).replace(year=YEAR - 2))
    assert result.report.value("t3.carried_in.person") == 0
    assert "没有据以结转" in result.notes[0]


def test_typed_values_stand_beside_counted_ones() -> None:
    typed = {"t3.granted.person": Decimal(5), "t2.fees.amount": Decimal("12.5"), "t9.x.y": Decimal(1), "t3.granted.total": Decimal(1)}
    result = filled(row(2), typed=typed, who="王", when="2026-01-05")
    cell = result.report.cell("t3.granted.person")
    assert (cell.value, cell.alternatives) == (1, (("填报数", Decimal(5)),))
    assert result.report.cell("t2.fees.amount").provenance == Typed(who="王", when="2026-01-05")
    assert [item.cell for item in result.differences] == ["t3.granted.person"]
    assert "相差4" in result.differences[0].message
    assert any("t9.x.y" in note for note in result.notes)
    chosen = filled(row(2), typed=typed, decisions=RegisterDecisions(cells={"t3.granted.person": "typed"}))
    assert chosen.report.value("t3.granted.person") == 5


def test_totals_are_computed_with_their_inputs() -> None:
    cell = filled(row(2), row(3, category="其他")).report.cell("t3.granted.total")
    assert cell.value == 2
    assert isinstance(cell.provenance, Computed)
    assert cell.provenance.identity == "row-total:granted"
    assert len(cell.provenance.inputs) == 6


def test_2019_form_is_used_for_2020() -> None:
    rows = (row(2, received=date(2020, 3, 3), replied=date(2020, 3, 9), outcome="逾期不补正"),)
    report = fill_tables(2020, registers=[register(*rows)]).report
    assert (report.edition, report.value("t3.other.person"), len(report.cells)) == ("2019", 1, 198)
    with pytest.raises(UnsupportedYear):
        fill_tables(2018)


def test_disputes_fill_the_fourth_table() -> None:
    rows = (
        DisputeRow(locator="案件!A2", procedure="行政复议", result="维持", accepted=date(YEAR, 2, 1), concluded=date(YEAR, 4, 1)),
        DisputeRow(locator="案件!A3", procedure="行政诉讼（复议后起诉）", result="", accepted=date(YEAR, 11, 1)),
        DisputeRow(locator="案件!A4", procedure="直接起诉", result="撤诉", accepted=date(YEAR - 1, 11, 1), concluded=date(YEAR, 1, 9)),
        DisputeRow(
            locator="案件!A5", procedure="复议后起诉", result="维持", role="复议机关", accepted=date(YEAR, 3, 1), concluded=date(YEAR, 5, 1)
        ),
        DisputeRow(locator="案件!A6", procedure="行政诉讼", result="维持", accepted=date(YEAR, 3, 1), concluded=date(YEAR, 5, 1)),
        DisputeRow(locator="案件!A7", procedure="行政复议", result="驳回申请", accepted=date(YEAR, 3, 1), concluded=date(YEAR, 5, 1)),
        DisputeRow(locator="案件!A8", procedure="行政复议", result="撤销", accepted=date(YEAR, 12, 1), concluded=date(YEAR + 1, 2, 1)),
        DisputeRow(locator="案件!A9", procedure="行政复议", result="维持", accepted=date(YEAR - 1, 2, 1), concluded=date(YEAR - 1, 4, 1)),
    )
    result = fill_tables(YEAR, registers=[register(*rows, kind="disputes")])
    value = result.report.value
    assert (value("t4.reconsideration.upheld"), value("t4.reconsideration.pending"), value("t4.reconsideration.total")) == (1, 1, 2)
    assert (value("t4.after_reconsideration.pending"), value("t4.direct.other"), value("t4.direct.upheld")) == (1, 1, 0)
    assert sorted(item.rows[0] for item in result.decisions_needed) == ["案件!A6", "案件!A7"]
    assert any("共同被告" in note for note in result.notes)
    assert result.report.cell("t3.new.person").state is CellState.BLANK


def test_documents_and_decisions_fill_the_second_table() -> None:
    documents = (
        NormativeRow(locator="清单!A2", issued=date(YEAR, 2, 1)),
        NormativeRow(locator="清单!A3", issued=date(2019, 2, 1), repealed=date(YEAR, 6, 1)),
        NormativeRow(locator="清单!A4", issued=date(2019, 2, 1), repealed=date(YEAR + 1, 1, 1)),
        NormativeRow(locator="清单!A5", issued=date(YEAR + 1, 1, 3)),
        NormativeRow(locator="清单!A6", issued=date(2018, 2, 1), status="失效"),
    )
    decided = (
        DecisionRow(locator="决定!A2", kind="行政许可", decided=date(YEAR, 2, 1), items=12),
        DecisionRow(locator="决定!A3", kind="行政许可", decided=date(YEAR - 1, 2, 1), items=7),
        DecisionRow(locator="决定!A4", kind="行政处罚决定", decided=date(YEAR, 2, 1), items=1),
        DecisionRow(locator="决定!A5", kind="收费", decided=date(YEAR, 2, 1), amount=Decimal("12345.60")),
        DecisionRow(locator="决定!A6", kind="行政检查", decided=date(YEAR, 2, 1)),
    )
    result = fill_tables(YEAR, registers=[register(*documents, kind="normative"), register(*decided, kind="decisions")])
    value = result.report.value
    assert [value(f"t2.normative.{column}") for column in ("issued", "repealed", "in_force")] == [1, 1, 2]
    assert (value("t2.licensing.decisions"), value("t2.penalty.decisions"), value("t2.coercion.decisions")) == (12, 1, 0)
    assert value("t2.fees.amount") == Decimal("1.23456")
    assert sorted(item.rows[0] for item in result.decisions_needed) == ["决定!A6", "清单!A6"]


def test_lines_that_say_how_many_are_asked_for_their_number_where_it_is_missing() -> None:
    listed = (DecisionRow(locator="决定!A2", kind="行政许可", items=12), DecisionRow(locator="决定!A3", kind="行政处罚"))
    result = fill_tables(YEAR, registers=[register(*listed, kind="decisions")])
    assert result.report.value("t2.penalty.decisions") == 0
    assert "没有填写件数" in result.decisions_needed[0].message
    each = fill_tables(YEAR, registers=[register(DecisionRow(locator="决定!A3", kind="行政处罚"), kind="decisions")])
    assert each.report.value("t2.penalty.decisions") == 1


def test_a_codefendant_is_asked_whether_it_was_the_original_actor() -> None:
    case = DisputeRow(
        locator="案件!A2", procedure="复议后起诉", result="维持", role="共同被告", accepted=date(YEAR, 3, 1), concluded=date(YEAR, 5, 1)
    )

    def upheld(**wordings: str) -> Decimal | None:
        decisions = RegisterDecisions(wordings={f"role:{wording}": key for wording, key in wordings.items()})
        return fill_tables(YEAR, registers=[register(case, kind="disputes")], decisions=decisions).report.value(
            "t4.after_reconsideration.upheld"
        )

    assert [item.candidates for item in fill_tables(YEAR, registers=[register(case, kind="disputes")]).decisions_needed] == [
        ("own", "codefendant")
    ]
    assert (upheld(), upheld(共同被告="own"), upheld(共同被告="codefendant")) == (0, 1, 0)
