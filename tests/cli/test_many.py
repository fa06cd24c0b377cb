"""Many reports at once: what is read together, what is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.cli.many import Task, neighbours
from assistant.workflow.check_cache import CheckCache, keys_of
from assistant.workflow.pairing import pairs_in
from tests.sample import SAMPLE


def test_tasks_that_share_a_file_follow_one_another() -> None:
    a22, a23, a24, b23, b24 = (Path(name) for name in ("a22", "a23", "a24", "b23", "b24"))
    tasks = dict(enumerate([Task(a24, a23), Task(b24, b23), Task(a23, a22), Task(b23)]))
    assert neighbours(tasks) == [0, 2, 1, 3]


def test_a_key_changes_with_content_context_and_place(tmp_path: Path) -> None:
    this, last = tmp_path / "this", tmp_path / "last"
    this.write_text("甲")
    last.write_text("乙")
    first, swapped, alone, lost = keys_of((files, "") for files in [(this, last), (last, this), (this, None), (this, tmp_path / "nowhere")])
    assert len({first, swapped, alone}) == 3
    assert lost is None
    assert keys_of([((this, last), "")]) == [first]
    assert keys_of([((this, last), "another threshold")]) != [first]
    last.write_text("丙")
    assert keys_of([((this, last), "")]) != [first]


def test_all_results_of_a_run_are_kept_for_the_next(tmp_path: Path) -> None:
    with CheckCache(tmp_path) as kept:
        for number in range(120):
            kept.put(str(number), f"结果{number}")
    with CheckCache(tmp_path) as kept:
        assert [kept.get(str(number)) for number in range(120)] == [f"结果{number}" for number in range(120)]
        assert kept.get("120") is None


def test_a_damaged_cache_never_stops_a_check(tmp_path: Path) -> None:
    (tmp_path / "check-cache.sqlite").write_bytes(b"no database at all, but long enough to be read as a header" * 20)
    with CheckCache(tmp_path) as kept:
        kept.put("key", "value")
        assert kept.get("key") is None


def test_pairs_of_a_folder_are_told_anew_only_where_a_file_changed(tmp_path: Path) -> None:
    folder, data = tmp_path / "folder", tmp_path / "data"
    folder.mkdir()
    files = [folder / f"{year}.docx" for year in (2022, 2023, 2024)]
    for file in files:
        shutil.copy(SAMPLE / f"report-{file.stem}.docx", file)
    pairs = [(files[0], None), (files[1], files[0]), (files[2], files[1])]
    assert pairs_in(folder, data_dir=data) == pairs
    assert pairs_in(folder, data_dir=data) == pairs
    assert pairs_in(folder, 2024, data) == pairs[2:]
    files[1].write_bytes(b"")
    assert pairs_in(folder, data_dir=data) == [(files[0], None), (files[1], None), (files[2], None)]
