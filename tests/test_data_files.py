"""Data files of the package: parsed once, read anew when they change, refused by name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.data_files import load_data, raw_data
from assistant.errors import InvalidData

PACKAGE = "package_with_data"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file in a package of its own; compiled files may be written."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / PACKAGE / "data").mkdir(parents=True)
    (tmp_path / PACKAGE / "__init__.py").touch()
    from assistant.data_files import folder_of

    folder_of.cache_clear()
    return tmp_path / PACKAGE / "data" / "words.yaml"


def test_a_file_is_parsed_once_and_again_when_it_changes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("{words: [一, 二], since: 2019-05-15, share: 0.5, none: null}", encoding="utf-8")
    first = raw_data(PACKAGE, "data/words.yaml")
    with monkeypatch.context() as without_yaml:
        without_yaml.setitem(sys.modules, "yaml", None)
        assert raw_data(PACKAGE, "data/words.yaml") == first
    file.write_text("{words: [三]}", encoding="utf-8")
    os.utime(file, (0, 0))
    assert raw_data(PACKAGE, "data/words.yaml") == {"words": ["三"]}


@pytest.mark.parametrize("text", ["[1, two]", "[1, {"])
def test_a_file_with_a_fault_is_named(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData, match=r"词表 words\.yaml 不符合要求"):
        load_data(PACKAGE, "data/words.yaml", list[int], called="词表")
