"""Each sentence of last year is kept, refilled, to be rewritten, or no longer true; nothing of last year survives unseen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.domain.draft import DraftSentence
from assistant.domain.facts import GivenFact, GivenFacts
from assistant.drafting.draft import draft_report, prepare
from assistant.drafting.grounding import ground_text
from assistant.drafting.offline import OfflineDrafter
from assistant.drafting.planning import plan_section
from tests.drafting.sample import FACTS, LAST, THIS, blocks, last_report, report, this_report


def rolled(sentence: str, this_values: dict[str, int] = THIS, facts: GivenFacts = FACTS) -> DraftSentence:
    last = report(2024, LAST, overview=(sentence,))
    result = draft_report(report(2025, this_values), last, facts, sections=("overview",))
    return next(s for s in result.sentences if s.last_text)


@pytest.mark.parametrize(
    ("last", "now", "colour"),
    [
        ("严格执行三审三校制度。", "严格执行三审三校制度。", "keep"),
        ("2024年收到政府信息公开申请40件。", "2025年收到政府信息公开申请32件。", "refill"),
        ("比2023年收到申请增加。", "", "gone"),
        ("2024年9月，上线新版网站。", "", "gone"),
        ("深入学习贯彻党的二十大精神。", "深入学习贯彻党的二十大精神。", "rewrite"),
        ("编制《2024年政务公开要点》并组织实施。", "", "gone"),
        ("依据《条例》、《2024年政务公开要点》等文件开展工作。", "依据《条例》等文件开展工作。", "rewrite"),
        ("修订《主动公开目录》（2024版）。", "", "gone"),
        ("截至2024年底，现行有效行政规范性文件8件。", "截至2025年底，现行有效行政规范性文件9件。", "refill"),
        ("荣获全市政务公开先进单位称号。", "", "gone"),
        ("按照国办公开办函〔2019〕60号的格式填报。", "", "gone"),
        ("全年未收取信息处理费。", "", "gone"),
        ("全年没有行政诉讼。", "", "gone"),
        ("收到申请40件，结转下年度3件。", "收到申请32件，结转下年度2件。", "refill"),
        ("落实“十四五”规划和2021—2035年远景目标要求。", "落实“十四五”规划和2021—2035年远景目标要求。", "rewrite"),
    ],
)
def test_a_sentence_gets_its_colour(last: str, now: str, colour: str) -> None:
    sentence = rolled(last)
    assert (sentence.text, sentence.colour) == (now, colour)
    assert sentence.reason


def test_what_cannot_be_refilled_is_cut_where_the_rest_still_reads() -> None:
    sentence = rolled("收到申请40件（其中甲镇12件、乙镇28件），同比增长7%。")
    assert sentence.text == "收到申请32件，同比下降20%。"
    assert sentence.colour == "rewrite"
    assert len(sentence.missing) == 2


def test_directions_follow_the_data() -> None:
    assert rolled("收到申请40件，同比有所增加。").text == "收到申请32件，同比减少。"
    assert rolled("收到申请40件，同比增长25%。", {**THIS, "t3.new.total": 40}).text == "收到申请40件，同比持平。"


def test_results_that_no_longer_hold_are_not_told() -> None:
    text = rolled("行政复议1件，均获维持。", {**THIS, "t4.reconsideration.upheld": 0, "t4.reconsideration.corrected": 1}).text
    assert text == "行政复议1件。"


def test_enumerations_are_counted_anew() -> None:
    last = report(2024, LAST, overview=("一是做好网站维护。二是编印公报5期。三是加强审核。",))
    result = draft_report(this_report(), last, FACTS, sections=("overview",))
    text = next(block.text for part, block in result.report.blocks() if part == "overview")
    assert text.startswith("一是做好网站维护。二是加强审核。")


def test_section_five_says_what_became_of_the_problems_and_copies_nothing() -> None:
    result = draft_report(this_report(), last_report(), FACTS)
    text = "\n".join(block.text for part, block in result.report.blocks() if part == "problems")
    assert "“政策解读形式单一”问题，全年制作图解" in text
    assert "存在的主要问题：依申请公开答复" in text
    assert "将丰富解读形式" not in text


def test_an_unanswered_problem_is_asked_and_not_invented() -> None:
    result = draft_report(this_report(), last_report(), GivenFacts(facts=FACTS.facts))
    assert not [block for part, block in result.report.blocks() if part == "problems"]
    assert any("政策解读形式单一" in question for question in result.open_questions)


def test_fees_are_told_from_this_years_facts() -> None:
    paid = GivenFacts(facts=(GivenFact(name="信息处理费金额", value=Decimal(150), unit="元"),))
    result = draft_report(this_report(), last_report(), paid, sections=("other",))
    assert [block.text for part, block in result.report.blocks() if part == "other"] == ["2025年收取政府信息公开信息处理费150元。"]


def test_disputes_of_this_year_are_told_even_if_last_year_had_none() -> None:
    last = report(2024, LAST, overview=("（二）依申请公开。收到申请40件。",))
    result = draft_report(this_report(), last, FACTS, sections=("overview",))
    text = "".join(block.text for part, block in result.report.blocks() if part == "overview")
    assert "行政复议1件、行政诉讼1件" in text


def test_last_years_own_slip_in_the_preamble_is_not_carried_on() -> None:
    last = last_report().replace(preamble=blocks("preamble", ("编制完成2025年度政府信息公开工作年度报告。",)))
    result = draft_report(this_report(), last, FACTS, sections=("preamble",))
    assert result.report.preamble[0].text == "编制完成2025年度政府信息公开工作年度报告。"


def test_a_unit_without_a_report_of_last_year_gets_the_form_sentences() -> None:
    result = draft_report(this_report(), None, FACTS)
    text = "\n".join(block.text for _, block in result.report.blocks())
    assert "2025年收到政府信息公开申请32件，上年结转3件，办结33件" in text
    assert "2025年未收取政府信息公开信息处理费。" in text
    assert not [finding for finding in result.findings if finding.severity == "error"]


def test_every_sentence_knows_its_block_in_the_new_report() -> None:
    result = draft_report(this_report(), last_report(), FACTS)
    texts = {block.id: block.text for _, block in result.report.blocks()}
    for sentence in result.sentences:
        assert not sentence.text or sentence.text in texts[sentence.block]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("全年收到政府信息公开申请56件。", "G012"),
        ("全年收到政府信息公开申请40件。", "G003"),
        ("门户网站访问量二十万次。", "G012"),
        ("接待来访群众77人。", "G001"),
        ("发布若干篇稿件。", "G011"),
        ("培训{{不存在}}。", "G002"),
        ("本年公开信息【待填】条。", "G008"),
    ],
)
def test_text_typed_by_hand_is_checked_the_same_way(typed: str, code: str) -> None:
    material = prepare(this_report(), last_report(), FACTS)
    assert code in {finding.code for finding in ground_text(typed, "overview", "overview.1", material)}


def test_correct_text_typed_by_hand_is_left_alone() -> None:
    material = prepare(this_report(), last_report(), FACTS)
    typed = "（一）2025年共收到申请32件，办结33件，办结件中予以公开22件，占66.67%。一是落实三审三校，20个工作日内答复。"
    assert not ground_text(typed, "overview", "overview.1", material)


def test_the_same_input_gives_the_same_draft() -> None:
    material = prepare(this_report(), last_report(), FACTS)
    plan = plan_section("overview", material)
    assert OfflineDrafter().draft(plan, material) == OfflineDrafter().draft(plan, material)
