"""Last year's numbers become questions; what is given answers them by name or by head noun."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.domain.facts import GivenFact, GivenFacts
from assistant.drafting.book import change_questions, growth_text, resolve_facts
from assistant.drafting.derive import derive_facts
from assistant.drafting.draft import draft_report, prepare
from assistant.drafting.facts_file import dump_facts, load_facts
from assistant.drafting.slots import fill, value_text
from assistant.errors import InvalidData
from tests.drafting.sample import FACTS, LAST, last_report, report, this_report


def test_numbers_the_tables_know_are_bound_and_the_others_are_asked() -> None:
    form = derive_facts(last_report())
    binding = {fact.name: fact.binding for fact in form.asked}
    assert binding["收到申请"] == binding["办结申请"] == binding["行政复议"] == "cells"
    assert binding["主动公开政府信息"] == binding["访问量"] == "given"
    assert binding["主动公开政府信息同比"] == "growth"
    assert binding["予以公开占办结申请比例"] == "share"
    question = next(fact for fact in form.asked if fact.name == "主动公开政府信息门户网站发布信息")
    assert question.question == "主动公开政府信息（门户网站发布信息） 208条 → 今年？"
    assert question.sentence in last_report().section("overview").text  # type: ignore[arg-type, union-attr]
    assert form.problems == ("政策解读形式单一", "部分栏目更新不及时")


def test_section_six_is_always_asked_about_fees() -> None:
    assert "信息处理费金额" in {fact.name for fact in derive_facts(last_report()).open}


def test_given_facts_are_matched_by_name_and_by_head_noun() -> None:
    book = prepare(this_report(), last_report(), FACTS).book
    assert book.by_name["主动公开政府信息门户网站发布信息"].value == 190
    assert book.by_name["组织业务培训"].value == 3
    assert book.by_name["组织业务培训参训"].text == "95人次"
    assert not book.missing


def test_a_fact_left_empty_yields_no_sentence_and_is_listed() -> None:
    given = GivenFacts(facts=tuple(fact for fact in FACTS.facts if fact.name != "访问量"))
    result = draft_report(this_report(), last_report(), given)
    assert "访问量" not in "".join(block.text for _, block in result.report.blocks())
    assert "访问量" in {asked.name for asked in result.missing}
    gone = next(sentence for sentence in result.sentences if "访问量" in sentence.last_text)
    assert gone.colour == "gone"
    assert "缺少本年数据" in gone.reason


def test_a_passport_tells_where_a_number_comes_from() -> None:
    fact = prepare(this_report(), last_report(), FACTS).book.by_name["收到申请"]
    assert fact.cells == ("t3.new.total",)
    assert "表三" in fact.formula
    assert fact.last == 40
    assert fact.direction == "down"


def test_large_changes_are_asked_about() -> None:
    this = report(2025, {**LAST, "t2.licensing.decisions": 3})
    asked = change_questions(this, last_report())
    assert asked[0].question.endswith("388 → 3，为什么？")
    assert "行政许可" in asked[0].what


def test_a_facts_file_reads_back_as_written() -> None:
    form = derive_facts(last_report())
    assert load_facts(dump_facts(form, FACTS)).facts[0].name in {fact.name for fact in form.open}
    book = resolve_facts(form, this_report(), last_report(), load_facts(dump_facts(form, FACTS)))
    assert book.by_name["访问量"].value == 143210


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facts: {访问量: {value: 十二}}", "访问量"),
        ("facts: [1, 2]", "结构"),
        ("facts: {a: &x 1, b: *x}", "YAML"),
        ("a: [", "YAML"),
        ("facts: {访问量: {value: .inf}}", "访问量"),
    ],
)
def test_a_wrong_facts_file_is_said_plainly(text: str, said: str) -> None:
    with pytest.raises(InvalidData) as caught:
        load_facts(text)
    assert said in caught.value.message


def test_numbers_in_a_facts_file_keep_every_digit(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(
        'facts:\n  收费: {value: 24252.311082, unit: 万元}\n  访问: {value: "1,234"}\ntables: {t2.fees.amount: 3.42}\n', encoding="utf-8"
    )
    given = load_facts(path)
    assert given.facts[0].value == Decimal("24252.311082")
    assert given.facts[1].value == 1234
    assert given.tables == (("t2.fees.amount", Decimal("3.42")),)


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (75, {}, "75件"),
        (143210, {"scale": 10_000, "approx": "余"}, "14万余件"),
        (140000, {"scale": 10_000, "approx": "余"}, "14万件"),
        (29999, {"scale": 10_000, "approx": "余", "decimals": 1}, "2.9万余件"),
        (125000, {"scale": 10_000}, "12.5万件"),
        (9000, {"scale": 10_000, "approx": "余"}, "9000件"),
    ],
)
def test_values_are_told_as_last_year_told_them(value: int, options: dict[str, object], text: str) -> None:
    assert value_text(Decimal(value), "件", **options) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "last", "text"), [(3646, 3607, "增长1.08%"), (9, 10, "下降10%"), (5, 5, "持平"), (100001, 100000, "增长0.001%")]
)
def test_growth_is_computed_and_never_rounded_to_nothing(now: int, last: int, text: str) -> None:
    assert growth_text(Decimal(now), Decimal(last), 2) == text


def test_a_repeated_unit_after_a_slot_is_dropped_and_another_one_reported() -> None:
    facts = prepare(this_report(), last_report(), FACTS).book.by_name
    assert fill("收到申请{{收到申请}}件。", facts).text == "收到申请32件。"
    assert fill("收到申请{{收到申请}}条。", facts).wrong_units == (("收到申请", "条"),)
    assert fill("{{没有}}", facts).unknown == ("没有",)


def test_a_new_fact_with_a_template_becomes_a_sentence() -> None:
    new = GivenFact(
        name="走进社区", value=Decimal(6), unit="场", what="举办政策宣讲", template="举办政策宣讲进社区活动{{走进社区}}", aspect="platform"
    )
    result = draft_report(this_report(), last_report(), FACTS.model_copy(update={"facts": (*FACTS.facts, new)}))
    sentence = next(s for s in result.sentences if "走进社区" in s.facts)
    assert sentence.text == "举办政策宣讲进社区活动6场。"
    assert "平台建设" in next(b.text for _, b in result.report.blocks() if b.id == sentence.block)
