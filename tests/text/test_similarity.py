from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.similarity import repetition

OLD = "优化公开专栏18个，规范信息发布流程。举办政务公开培训班2期，培训业务骨干150人次。组织季度检查4次并通报结果。"
TEXTS = st.lists(
    st.sampled_from(
        [
            "优化公开专栏18个。",
            "优化公开专栏22个。",
            "举办培训班2期，培训150人次。",
            "组织季度检查4次并通报。",
            "全年无收取信息处理费情况。",
            "开展政策解读，回应社会关切；",
        ]
    ),
    max_size=6,
).map("".join)


def test_a_text_with_only_its_figures_changed_is_a_full_repetition() -> None:
    new = OLD.replace("18", "二十二").replace("150", "1,160").replace("4次", "３次")
    result = repetition(new, OLD)
    assert result.score == pytest.approx(1.0)
    assert len(result.copied) == 3


def test_identical_is_one_and_foreign_is_zero() -> None:
    assert repetition(OLD, OLD).score == 1.0
    assert repetition(OLD, "推进数据共享应用，建设一体化平台，服务企业群众办事。").score < 0.1
    assert repetition("", "").score == 0.0


def test_order_of_sentences_does_not_matter() -> None:
    one, two, three = (part + "。" for part in OLD.split("。")[:3])
    assert repetition(three + one + two, OLD).score == pytest.approx(1.0)


def test_boilerplate_and_nothing_to_report_are_left_out() -> None:
    common = "以习近平新时代中国特色社会主义思想为指导，全面推进政务公开。本年度未收取信息处理费。"
    result = repetition(common + "新建基层公开专区12个，覆盖全部街道。", common + "修订主动公开目录并逐项核对责任单位。")
    assert result.score < 0.2
    assert {match.left_out for match in result.matches} == {"boilerplate", "nothing", ""}


@given(TEXTS, TEXTS)
def test_the_measure_is_symmetric_and_bounded(one: str, other: str) -> None:
    there, back = repetition(one, other).score, repetition(other, one).score
    assert there == pytest.approx(back)
    assert 0.0 <= there <= 1.0
