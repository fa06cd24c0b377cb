"""Nothing saved is lost, and two people cannot overwrite one another."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from assistant.errors import ConflictingInput, StoreTrouble
from assistant.workspace import Decision, Stage, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, clock=lambda: "2026-01-15T08:00:00+00:00")


def test_every_save_is_a_version_and_survives_a_new_process(workspace: Workspace, tmp_path: Path) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    first = workspace.save(entry.id, "{1}", "a", who="甲", based_on=0)
    workspace.save(entry.id, "{2}", "b", who="乙", based_on=first.number, note="改表三")
    again = Workspace(tmp_path)
    assert [(v.number, v.document, v.who) for v in again.versions(entry.id)] == [(2, "{2}", "乙"), (1, "{1}", "甲")]
    assert again.reports()[0].version == 2


def test_saving_over_somebody_elses_version_is_refused(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    workspace.save(entry.id, "{1}", "a", who="甲", based_on=0)
    workspace.save(entry.id, "{2}", "b", who="乙", based_on=1)
    with pytest.raises(ConflictingInput, match="乙已存了第 2 版"):
        workspace.save(entry.id, "{3}", "c", who="甲", based_on=1)
    assert [v.number for v in workspace.versions(entry.id)] == [2, 1]


def test_saving_the_same_content_makes_no_new_version(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    first = workspace.save(entry.id, "{1}", "a", who="甲", based_on=0)
    assert workspace.save(entry.id, "{1}", "a", who="甲", based_on=1) == first


def test_one_report_per_unit_and_year(workspace: Workspace) -> None:
    workspace.create("青禾区农业农村局", 2025)
    with pytest.raises(ConflictingInput, match="2025 年度报告已经存在"):
        workspace.create("青禾区农业农村局", 2025)


def test_many_threads_write_without_losing_a_row(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: workspace.keep(entry.id, f"box{n}", str(n)), range(80)))
    assert workspace.kept(entry.id) == {f"box{n}": str(n) for n in range(80)}


def test_attachments_keep_their_bytes(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    workspace.attach(entry.id, "previous", "上年.docx", b"one")
    workspace.attach(entry.id, "previous", "上年（改）.docx", b"two")
    kept = workspace.attachment(entry.id, "previous")
    assert kept is not None
    assert (kept.name, kept.data) == ("上年（改）.docx", b"two")
    assert workspace.attachment(entry.id, "register") is None


def test_a_decision_holds_until_it_is_withdrawn(workspace: Workspace) -> None:
    made = Decision(fingerprint="f", code="C101", decision="explained", reason="上年漏计", who="甲", at="2026-01-15")
    workspace.decide(made)
    assert workspace.decisions()["f"].reason == "上年漏计"
    workspace.decide(made.model_copy(update={"decision": "withdrawn"}))
    assert workspace.decisions() == {}


def test_remarks_replies_and_stages(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    version = workspace.save(entry.id, "{1}", "a", who="甲", based_on=0)
    remark = workspace.remark(entry.id, version=1, anchor="overview.3", text="数字从哪里来？", who="审核人")
    workspace.remark(entry.id, version=1, anchor="overview.3", text="台账。", who="甲", parent=remark.id)
    workspace.resolve(remark.id)
    assert [(r.text, r.resolved, r.parent) for r in workspace.remarks(entry.id)] == [
        ("数字从哪里来？", True, None),
        ("台账。", False, remark.id),
    ]
    workspace.set_stage(entry.id, Stage.SIGNED, version, who="审核人")
    assert workspace.reports()[0].stage is Stage.SIGNED
    assert workspace.signoffs(entry.id)[0].content_hash == "a"


def test_questions_are_kept_with_feedback(workspace: Workspace) -> None:
    key = workspace.record_question("多久必须答复？", "{}", who="甲", refused=False)
    workspace.record_question("火星法？", "{}", who="甲", refused=True)
    workspace.give_feedback(key, "有用")
    assert [q.feedback for q in workspace.questions("甲")] == ["有用", ""]
    assert [q.question for q in workspace.questions(refused=True)] == ["火星法？"]


def test_a_damaged_file_is_reported_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    path.write_bytes(b"this is no database" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreTrouble, match="打不开"):
        Workspace(tmp_path)
    assert path.read_bytes() == before


def test_a_workspace_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    Workspace(tmp_path)
    with sqlite3.connect(tmp_path / "workspace.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTrouble, match="更新版本"):
        Workspace(tmp_path)


def test_a_file_taken_out_of_its_role_is_gone_from_there_alone(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    workspace.attach(entry.id, "previous", "a.docx", b"a")
    workspace.attach(entry.id, "register", "b.xlsx", b"b")
    workspace.detach(entry.id, "previous")
    assert workspace.attachment(entry.id, "previous") is None
    kept = workspace.attachment(entry.id, "register")
    assert kept is not None
    assert kept.data == b"b"


def test_a_full_disk_is_told_and_loses_nothing(workspace: Workspace) -> None:
    entry = workspace.create("青禾区农业农村局", 2025)
    workspace.save(entry.id, "{1}", "a", who="甲", based_on=0)

    def full(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the size there is for the least

    event.listen(workspace._engine, "connect", full)
    workspace._engine.dispose()
    with pytest.raises(StoreTrouble, match="磁盘已满"):
        workspace.save(entry.id, "大" * 1_000_000, "b", who="甲", based_on=1)
    event.remove(workspace._engine, "connect", full)
    workspace._engine.dispose()
    assert [v.document for v in workspace.versions(entry.id)] == ["{1}"]
    assert workspace.save(entry.id, "{2}", "b", who="甲", based_on=1).number == 2
