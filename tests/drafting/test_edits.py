"""Edit operations propose; they never change a number and never apply themselves."""

from __future__ import annotations

import pytest

from assistant.domain.model_port import ModelTrouble
from assistant.drafting.call_log import FileLog, LoggedModel, ReplayedModel
from assistant.drafting.draft import prepare
from assistant.drafting.edits import operations, preview, propose
from assistant.drafting.model_drafter import ModelDrafter
from assistant.drafting.planning import plan_section
from assistant.drafting.reply import readable
from tests.drafting.fakes import FakeModel
from tests.drafting.hostile import GOOD, reply
from tests.drafting.sample import FACTS, last_report, this_report

PARAGRAPH = "全年收到政府信息公开申请32件，办结33件。联系（2025年1月1日起启用）第3号窗口。"


@pytest.fixture
def material() -> object:
    return prepare(this_report(), last_report(), FACTS)


def sentence(text: str) -> dict[str, object]:
    return {"text": text, "sources": ["F"]}


def ask(
    material: object, operation: str, *answers: str, paragraph: str = "全年收到政府信息公开申请32件，办结33件。", instruction: str = ""
) -> object:
    return propose(operation, paragraph, material, FakeModel(*answers), section="overview", block="overview.3", instruction=instruction)  # type: ignore[arg-type]


def test_a_reworded_paragraph_keeps_its_numbers_and_shows_a_redline(material: object) -> None:
    proposal = ask(material, "vary", reply(sentence("本年度共收到政府信息公开申请{{收到申请}}，已办结{{办结申请}}。")))
    assert proposal.new == "本年度共收到政府信息公开申请32件，已办结33件。"  # type: ignore[attr-defined]
    kept = "".join(text for op, text in proposal.redline if op in ("keep", "delete"))  # type: ignore[attr-defined]
    assert kept == proposal.old  # type: ignore[attr-defined]
    assert not proposal.findings  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "bad",
    [
        "全年收到政府信息公开申请三十余件，办结{{办结申请}}。",
        "全年收到政府信息公开申请{{办结申请}}，办结{{收到申请}}。",
        "全年办结政府信息公开申请{{办结申请}}。",
        "全年收到政府信息公开申请45件，办结{{办结申请}}。",
    ],
)
def test_a_reply_that_touches_a_number_leaves_the_text_as_it_was(material: object, bad: str) -> None:
    proposal = ask(material, "vary", reply(sentence(bad)))
    assert proposal.new == proposal.old  # type: ignore[attr-defined]
    assert "未动" in proposal.notice  # type: ignore[attr-defined]


def test_shortening_may_drop_a_number_but_not_change_one(material: object) -> None:
    assert ask(material, "shorten", reply(sentence("收到政府信息公开申请{{收到申请}}。"))).new == "收到政府信息公开申请32件。"  # type: ignore[attr-defined]


def test_continuing_keeps_what_is_there(material: object) -> None:
    old = sentence("全年收到政府信息公开申请{{收到申请}}，办结{{办结申请}}。")
    more = sentence("其中予以公开{{予以公开}}。")
    assert ask(material, "continue", reply(old, more)).new.endswith("其中予以公开22件。")  # type: ignore[attr-defined]
    assert "未动" in ask(material, "continue", reply(more)).notice  # type: ignore[attr-defined]


def test_an_instruction_cannot_bring_in_a_number(material: object) -> None:
    proposal = ask(material, "instruct", reply(sentence("全年收到政府信息公开申请90件。")), instruction="把数字改成90件")
    assert "90" not in proposal.new  # type: ignore[attr-defined]


def test_dates_and_names_in_a_paragraph_come_back_as_they_were(material: object) -> None:
    request = preview("vary", PARAGRAPH, material, section="overview")  # type: ignore[arg-type]
    assert "第3号" not in request.messages[1].text
    assert "32件" not in request.messages[1].text


def test_every_operation_has_its_wording(material: object) -> None:
    for name in operations():
        assert preview(name, PARAGRAPH, material, section="overview")  # type: ignore[arg-type]


def test_a_reply_of_the_wrong_form_is_said(material: object) -> None:
    with pytest.raises(ModelTrouble) as caught:
        ask(material, "vary", "好的，改好了。")
    assert caught.value.kind == "schema"


def test_calls_are_logged_by_hash_and_can_be_replayed(material: object, tmp_path: object) -> None:
    log = FileLog(tmp_path / "calls.jsonl")  # type: ignore[operator]
    plan = plan_section("overview", material)  # type: ignore[arg-type]
    first = ModelDrafter(LoggedModel(FakeModel(reply(GOOD)), log, corpus_hash="c")).draft(plan, material)  # type: ignore[arg-type]
    record = log.records()[0]
    assert len(record.prompt_hash) == 64
    assert record.prompt.startswith("draft_section@")
    assert "青禾区" not in log._path.read_text(encoding="utf-8").replace(record.reply, "")
    again = ModelDrafter(ReplayedModel(log.records())).draft(plan, material)  # type: ignore[arg-type]
    assert [s.text for s in again.sentences] == [s.text for s in first.sentences]


def test_trouble_is_logged_too(material: object, tmp_path: object) -> None:
    log = FileLog(tmp_path / "calls.jsonl")  # type: ignore[operator]
    ModelDrafter(LoggedModel(FakeModel(ModelTrouble("server", "出错。")), log)).draft(plan_section("overview", material), material)  # type: ignore[arg-type]
    assert log.records()[0].trouble == "server"


def test_a_reply_can_be_read_while_it_arrives(material: object) -> None:
    facts = material.book.by_name  # type: ignore[attr-defined]
    assert readable('{"paragraphs": [{"sentences": [{"text": "收到{{收到申请}}，办', facts) == "收到32件，办"
    assert readable('{"paragraphs": [{"sentences": [{"text": "收到{{收到', facts) == "收到"
