"""Where a number comes from, and what happens to its sentences when it changes."""

from __future__ import annotations

from assistant.drafting.draft import draft_report, prepare
from assistant.drafting.passport import passport, passports_of_cell, stale_sentences
from tests.drafting.sample import FACTS, THIS, last_report, report, this_report


def test_a_passport_lists_the_sentences_that_tell_the_number() -> None:
    result = draft_report(this_report(), last_report(), FACTS)
    found = passport("收到申请", result.facts, result.sentences)
    assert found
    assert found.fact.last == 40
    assert ["收到政府信息公开申请32件" in sentence.text for sentence in found.sentences] == [True]
    assert passport("没有这个", result.facts, ()) is None


def test_a_changed_cell_makes_its_sentences_stale_and_no_others() -> None:
    result = draft_report(this_report(), last_report(), FACTS)
    changed = report(2025, {**THIS, "t3.new.total": 35})
    book = prepare(changed, last_report(), FACTS).book
    stale = stale_sentences(result.sentences, book)
    assert [entry.changed for entry in stale] == [("收到申请",)]
    assert "35件" in stale[0].now
    assert not stale_sentences(result.sentences, result.facts)


def test_a_cell_knows_its_facts() -> None:
    result = draft_report(this_report(), last_report(), FACTS)
    names = {entry.fact.name for entry in passports_of_cell("t3.granted.total", result.facts, result.sentences)}
    assert {"予以公开", "予以公开占办结申请比例"} <= names
