"""Text changed by hand stays bound to the facts whose numbers it states, and is known by the sentence of last year that it came from."""

from __future__ import annotations

import pytest

from assistant import workflow
from assistant.domain.saved import SavedReport
from assistant.drafting.draft import draft_report
from tests.drafting.sample import FACTS, last_report, this_report


@pytest.fixture(scope="module")
def saved() -> SavedReport:
    result = draft_report(this_report(), last_report(), FACTS)
    return SavedReport(report=result.report, previous=last_report(), given=FACTS, facts=result.facts, sentences=result.sentences)


def _edited(saved: SavedReport, old: str, new: str) -> SavedReport:
    return workflow.set_text(saved, "overview", workflow.part_text(saved.report, "overview").replace(old, new))


def test_a_sentence_reworded_by_hand_keeps_its_slots(saved: SavedReport) -> None:
    before = next(one for one in saved.sentences if "收到申请" in one.facts)
    edited = _edited(saved, before.text, before.text.replace("收到", "共收到", 1))
    after = next(one for one in edited.sentences if one.origin == "hand")
    assert "共收到" in after.text
    assert set(before.facts) <= set(after.facts)
    assert (after.last_text, after.last_block) == (before.last_text, before.last_block)
    assert len(edited.sentences) == len(saved.sentences)
    assert [one.text for one in edited.sentences if one.origin != "hand"] == [one.text for one in saved.sentences if one is not before]


def test_a_sentence_written_by_hand_goes_stale_with_its_number(saved: SavedReport) -> None:
    before = next(one for one in saved.sentences if "收到申请" in one.facts)
    edited = _edited(saved, before.text, before.text.replace("收到", "共收到", 1))
    total = edited.report.value("t3.new.total")
    assert total is not None
    changed = workflow.set_cell(edited, "t3.new.total", str(total + 5), who="填报人", when="2026-01-15T08:00:00")
    stale = {one.sentence.text for one in workflow.stale_sentences(changed)}
    assert any("共收到" in text for text in stale)
    renewed = workflow.renew_sentences(changed)
    assert not [one for one in workflow.stale_sentences(renewed) if one.now]
    assert any("共收到" in one.text and one.origin == "hand" for one in renewed.sentences)


def test_sentences_stay_in_the_order_of_the_text(saved: SavedReport) -> None:
    lines = workflow.part_text(saved.report, "overview").split("\n")
    edited = workflow.set_text(saved, "overview", "\n".join([lines[1], "本局高度重视公开工作。" + lines[0], *lines[2:]]))
    text = workflow.part_text(edited.report, "overview").replace("\n", "")
    assert "".join(one.text for one in edited.sentences if one.section == "overview") == text
    assert {one.section for one in edited.sentences} == {one.section for one in saved.sentences}
