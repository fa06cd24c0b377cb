"""What command line and pages call: each name is listed once and there."""

from __future__ import annotations

from pathlib import Path

from assistant import workflow


def test_every_listed_name_is_found_where_it_is_listed() -> None:
    listed = Path(workflow.__file__).with_suffix(".pyi").read_text(encoding="utf-8").splitlines()
    assert len(dir(workflow)) == len(listed)
    assert all(getattr(workflow, name) is not None for name in dir(workflow))
