"""The library: adding, versions, recovery after crashes and damage."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.report import Block, Report, Section, SectionId
from assistant.errors import InvalidData
from assistant.retrieval.documents import parse_document
from assistant.retrieval.library import Library
from tests.retrieval.texts import ASKS, DIGEST, NEWER, OFFICIAL

TODAY = date(2026, 1, 5)
SHIPPED = (parse_document(DIGEST, ASKS),)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data", shipped=SHIPPED)


@pytest.fixture
def official(tmp_path: Path) -> Path:
    path = tmp_path / "路灯管理条例.txt"
    path.write_text(OFFICIAL, encoding="utf-8")
    return path


def test_the_same_file_twice_changes_nothing(library: Library, official: Path) -> None:
    assert [one.status for one in library.add(official, today=TODAY)] == ["official"]
    before = library.corpus().hash
    assert [one.status for one in library.add(official, today=TODAY)] == ["unchanged"]
    assert library.corpus().hash == before


def test_official_wording_is_quoted_and_the_asks_stay(library: Library, official: Path) -> None:
    assert library.corpus().by_id["lamp-law#第二条"].form == "digest"
    library.add(official, today=TODAY)
    passage = library.corpus().by_id["lamp-law#第二条"]
    assert passage.form == "official"
    assert passage.quotable.startswith("公民发现路灯损坏的")
    assert passage.asks
    library.remove("lamp-law")
    assert library.corpus().by_id["lamp-law#第二条"].form == "digest"


def test_a_newer_version_keeps_the_old_one_with_its_dates(tmp_path: Path, official: Path) -> None:
    library = Library(tmp_path / "data", shipped=())
    newer = tmp_path / "新.txt"
    newer.write_text(NEWER, encoding="utf-8")
    library.add(official, today=TODAY)
    assert library.add(newer, today=TODAY)[0].status == "new_version"
    documents = {one.document.number: one.document for one in library.list()}
    assert documents["青政令第7号"].effective_to == date(2023, 12, 31) if "青政令第7号" in documents else True
    in_2021 = [one.document for one in library.list() if one.document.in_force(date(2021, 1, 1))]
    in_2025 = [one.document for one in library.list() if one.document.in_force(date(2025, 1, 1))]
    assert len(in_2021) == len(in_2025) == 1
    assert in_2021 != in_2025


def test_a_past_report_comes_in_by_paragraph(library: Library) -> None:
    section = Section(id=SectionId.OVERVIEW, heading="一、总体情况", blocks=(Block(id="overview.1", text="本年做了三件事。"),))
    report = Report(unit="青禾局", year=2024, edition="2021", sections=(section,))
    assert library.add_report(report, today=TODAY).status == "added"
    assert library.add_report(report, today=TODAY).status == "unchanged"
    document = next(one.document for one in library.list() if one.document.kind == "report")
    assert (document.unit, document.year) == ("青禾局", 2024)


def test_a_folder_goes_on_after_a_bad_file_and_can_be_resumed(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(
            OFFICIAL.replace("路灯", f"桥梁{number}").replace("青政令第7号", f"桥政令第{number}号"), encoding="utf-8"
        )
    (folder / "bad.pdf").write_bytes(b"%PDF broken")
    asked = iter([False, True])
    first = list(library.add_folder(folder, today=TODAY, stop=lambda: next(asked)))
    assert [one.status for one in first] == ["added"]
    second = [one.status for one in library.add_folder(folder, today=TODAY)]
    assert sorted(second) == ["added", "added", "failed", "unchanged"]


@pytest.mark.parametrize("damage", [b"", b"garbage" * 500])
def test_a_damaged_library_is_made_again_from_the_copies(library: Library, official: Path, tmp_path: Path, damage: bytes) -> None:
    library.add(official, today=TODAY)
    before = library.corpus().hash
    store = tmp_path / "data" / "corpus" / "library.sqlite"
    for extra in ("-wal", "-shm"):
        store.with_name(store.name + extra).unlink(missing_ok=True)
    store.write_bytes(damage)
    assert Library(tmp_path / "data", shipped=SHIPPED).corpus().hash == before


def test_removing_what_was_never_imported_says_so(library: Library) -> None:
    with pytest.raises(InvalidData, match="没有导入过"):
        library.remove("lamp-law")


_WORKER = """
import sys, datetime, pathlib
from assistant.retrieval.library import Library
library = Library(pathlib.Path(sys.argv[1]), shipped=())
for path in sorted(pathlib.Path(sys.argv[2]).glob("*.txt")):
    library.add(path, today=datetime.date(2026, 1, 5))
    print(path.name, flush=True)
library.rebuild()
"""


def test_killed_while_adding_and_building_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(
            OFFICIAL.replace("路灯", f"渡口{number}").replace("青政令第7号", f"渡政令第{number + 1}号"), encoding="utf-8"
        )
    dice = random.Random(7)
    acknowledged: set[str] = set()
    for _ in range(int(os.environ.get("NIANBAO_KILLS", "6"))):
        with subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(tmp_path / "data"), str(folder)], stdout=subprocess.PIPE, text=True
        ) as process:
            time.sleep(0.5 + dice.random() * 1.5)
            process.send_signal(signal.SIGKILL)
            acknowledged |= set(process.stdout.read().split()) if process.stdout else set()
        library = Library(tmp_path / "data", shipped=())
        assert len(library.list()) >= len(acknowledged)
        if acknowledged:
            retriever = library.retriever()
            assert retriever.search("渡口坏了向管理单位报修")
            assert not retriever.notice


def test_two_processes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(
            OFFICIAL.replace("路灯", f"渡口{number}").replace("青政令第7号", f"渡政令第{number + 1}号"), encoding="utf-8"
        )
    command = [sys.executable, "-c", _WORKER, str(tmp_path / "data"), str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    library = Library(tmp_path / "data", shipped=())
    assert len(library.list()) == 4
    assert not library.verify()
