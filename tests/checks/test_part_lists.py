"""N121 over lists made by chance: a right list is left alone, one with a wrong part is told, in every layout."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.test_narrative import findings, report
from tests.text.test_part_lists import lists


@given(lists())
@settings(max_examples=60, deadline=None)
def test_a_list_that_adds_up_is_left_alone(made: tuple[str, list[int]]) -> None:
    assert not findings("N121", report({}, made[0])), made[0]


@given(lists(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_part_that_is_larger_than_the_whole_is_told(made: tuple[str, list[int]], data: st.DataObject) -> None:
    text, values = made
    place = data.draw(st.integers(0, len(values) - 1))
    head, name = text.split("条", 1)[0], f"{values[place]}条"
    start = text.index(name, len(head) + 1)
    wrong = text[:start] + f"{sum(values) + 7}条" + text[start + len(name) :]
    assert len(findings("N121", report({}, wrong))) == 1, wrong
