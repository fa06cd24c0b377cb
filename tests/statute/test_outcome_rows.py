"""Wordings of outcomes are matched by a lexicon; what it does not settle is left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.forms import load_form
from assistant.statute.outcome_rows import (
    Question,
    RowDecision,
    decide_row,
    match_outcome,
    questions,
    row_decision,
    row_label,
    suggest_rows,
)

CASES = yaml.safe_load(Path(__file__).with_name("outcomes.yaml").read_text(encoding="utf-8"))
RESULT_ROWS = {
    edition: [row.id for row in load_form(edition).t3.rows if row.groups and row.id != "processed"]  # type: ignore[arg-type]
    for edition in ("2019", "2021")
}


@pytest.mark.parametrize(("row", "wording"), [(row, wording) for row, wordings in CASES["settled"].items() for wording in wordings])
def test_settled_wordings(row: str, wording: str) -> None:
    found = match_outcome(wording)
    assert found.row == row, found.why
    assert found.basis


@pytest.mark.parametrize(("wording", "candidates"), CASES["undecided"].items())
def test_undecided_wordings_are_listed_with_candidates(wording: str, candidates: list[str]) -> None:
    found = match_outcome(wording)
    assert (found.row, list(found.candidates)) == (None, candidates)
    assert found.why


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_printed_label_is_its_own_row(edition: str) -> None:
    for row in load_form(edition).t3.rows:  # type: ignore[arg-type]
        if row.id in RESULT_ROWS[edition]:
            assert match_outcome(row.label, edition).row == row.id  # type: ignore[arg-type]
            assert match_outcome(row_label(row.id, edition), edition).row == row.id  # type: ignore[arg-type]


def test_other_is_one_row_in_the_2019_form() -> None:
    assert match_outcome("逾期不补正", "2019").row == "other"
    assert match_outcome("其他处理", "2019").row == "other"
    assert match_outcome("其他处理", "2021").row is None


@given(st.text(alphabet="不予公开部分同意国家秘密第三方属于信访重复的未已", max_size=12))
def test_a_match_is_always_a_row_of_the_form(wording: str) -> None:
    found = match_outcome(wording)
    assert found.row is None or found.row in [*RESULT_ROWS["2021"], "carried_out"]
    assert found.row is not None or found.why


def test_the_decision_table_reaches_every_result_row() -> None:
    assert {question.outcome for question in questions()} == {*RESULT_ROWS["2021"], "carried_out"}
    assert len({question.id for question in questions()}) == len(questions())


def test_questions_lead_to_a_row_with_its_article() -> None:
    answers: dict[str, bool] = {}
    while isinstance(step := decide_row(answers), Question):
        answers[step.id] = step.id == "not_held"
    assert isinstance(step, RowDecision)
    assert (step.row, step.basis[0].article) == ("unavailable.not_held", "第三十六条")
    assert step.path[-1].endswith("是")


def test_partial_is_asked_before_the_grounds_of_denial() -> None:
    order = [question.id for question in questions()]
    assert order.index("partial") < order.index("secret")


def test_suggestions_for_free_text() -> None:
    assert suggest_rows("申请的内容属于国家秘密")[0].row == "denied.secret"
    assert suggest_rows("今天天气") == ()
    assert row_decision("partial").label == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
