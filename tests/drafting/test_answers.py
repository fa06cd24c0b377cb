"""Each answer of the clerk is filed under the one thing it answers, whatever words its key holds, and says who gave it and when."""

from __future__ import annotations

import pytest

from assistant.domain.facts import GivenFacts
from assistant.drafting.answers import filed
from assistant.drafting.draft import draft_report, prepare
from assistant.drafting.facts_file import load_facts
from assistant.forms import load_form
from tests.drafting.sample import FACTS, last_report, this_report

NAMES = load_form("2021").names
PROBLEM = "其他部门移交的申请流转较慢"


@pytest.mark.parametrize(
    ("key", "topic", "subject"),
    [
        ("t3.other.misc.total", "change", "t3.other.misc.total"),
        ("表三“（六）其他处理3.其他”总计", "change", "t3.other.misc.total"),
        ("为什么表二“行政许可”本年处理决定数量变了", "change", "t2.licensing.decisions"),
        (PROBLEM, "problem", PROBLEM),
        ("其他部门移交申请流转较慢的问题", "problem", PROBLEM),
        ("今年的主要问题", "problems", ""),
        ("今年的主要问题和改进措施", "problems", ""),
        ("改进措施", "measures", ""),
        ("存在问题的改进措施", "measures", ""),
        ("其他需要报告的事项", "other", ""),
        ("六、其他", "other", ""),
        ("落款日期", "signature", ""),
        ("与其他科室的分工", "unknown", ""),
    ],
)
def test_an_answer_has_one_topic(key: str, topic: str, subject: str) -> None:
    (one,) = filed(((key, "说明"),), (PROBLEM, "政策解读形式单一"), NAMES)
    assert (one.topic, one.subject, one.text) == (topic, subject, "说明")


def test_an_answer_about_a_figure_called_other_never_stands_in_section_six() -> None:
    given = FACTS.model_copy(update={"answers": (*FACTS.answers, ("表三“（六）其他处理3.其他”总计", "统计口径有调整"))})
    result = draft_report(this_report(), last_report(), given)
    assert "统计口径" not in "".join(block.text for part, block in result.report.blocks() if part == "other")


def test_an_answer_that_answers_nothing_is_said_to_be_left_out() -> None:
    given = FACTS.model_copy(update={"answers": (*FACTS.answers, ("与其他科室的分工", "已经理顺"))})
    assert "“与其他科室的分工”的回答没有对应的问题，没有写进草稿" in draft_report(this_report(), last_report(), given).open_questions


def test_why_a_figure_changed_is_told_once_the_clerk_has_said_why() -> None:
    from assistant.tables.compute import recompute
    from tests.drafting.sample import number_cell

    this = recompute(this_report().with_cells(number_cell("t2.licensing.decisions", 3)))
    last = last_report().with_cells(number_cell("t2.licensing.decisions", 7677))
    given = GivenFacts(facts=FACTS.facts, answers=(("t2.licensing.decisions", "因为许可事项划转至行政审批局。"),)).given_by(
        "张三", "2026-01-15T08:00:00"
    )
    result = draft_report(this, last, given)
    sentence = next(one for one in result.sentences if "划转" in one.text)
    assert sentence.text == "2025年行政许可处理决定较上年减少，主要原因是许可事项划转至行政审批局。"
    assert sentence.reason == "填报人的回答（张三，2026-01-15）：t2.licensing.decisions"
    assert not any("为什么" in question for question in result.open_questions if "行政许可" in question)


def test_a_file_may_say_who_answered_and_when() -> None:
    given = load_facts("answers: {政策解读形式单一: {text: 全年制作图解12期, who: 李四, when: 2026-01-10}}")
    assert given.answers == (("政策解读形式单一", "全年制作图解12期"),)
    assert given.signed("政策解读形式单一") == "李四，2026-01-10"
    fact = next(fact for fact in prepare(this_report(), last_report(), given).book.facts if fact.unit == "期")
    assert fact.source == "填报人的回答（李四，2026-01-10）：政策解读形式单一"
