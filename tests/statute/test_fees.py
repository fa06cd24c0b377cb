"""Processing fees after 国办函〔2020〕109号."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.statute.fees import fee_by_items, fee_by_pages


@pytest.mark.parametrize(
    ("items", "yuan"), [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (37, 3400), (40, 4000), (41, 4300), (50, 7000), (51, 7400)]
)
def test_by_item(items: int, yuan: int) -> None:
    assert fee_by_items(items).yuan == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"), [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (165, 2000), (200, 2700), (201, 2740), (300, 6700)]
)
def test_by_page(pages: int, yuan: int) -> None:
    assert fee_by_pages(pages).yuan == yuan


@given(st.integers(0, 5000))
def test_one_more_never_costs_less_and_marginal_rates_rise(quantity: int) -> None:
    for fee in (fee_by_items, fee_by_pages):
        first, second, third = (fee(quantity + more).yuan for more in range(3))
        assert 0 <= second - first <= third - second


def test_steps_show_each_band() -> None:
    fee = fee_by_items(37)
    assert fee.steps[:3] == ("第1至10件：不收费。", "第11至30件：20件×100元=2000元。", "第31至37件：7件×200元=1400元。")
    assert "3400元" in fee.steps[-1]
    assert [basis.article for basis in fee.basis if basis.number == "国办函〔2020〕109号"] == ["第三条", "第四条"]


def test_negative_quantity_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        fee_by_pages(-1)
