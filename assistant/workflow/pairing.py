"""Which reports of a folder belong together: this and last year's of one unit."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from assistant.errors import AssistantError, ConflictingInput
from assistant.workflow.check_cache import CheckCache, keys_of
from assistant.workflow.many import SUFFIXES
from assistant.workflow.processes import shared
from assistant.workflow.readings import read_once


def pairs_in(
    folder: Path, year: int | None = None, data_dir: Path | None = None, readings: Path | None = None
) -> list[tuple[Path, Path | None]]:
    """Every readable report below a folder with last year's report of the same unit, if it is there too. Files that cannot be read are
    kept, so that the check names them; what other processes read is left in the folder `readings` for the check. Raises `ConflictingInput` when two files hold the same unit and year."""
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
    )
    about = _units_and_years(files, data_dir, readings)
    known: dict[tuple[str, int], Path] = {}
    for file in files:
        key = about[file]
        if key and key in known:
            raise ConflictingInput(f"{key[0]}的 {key[1]} 年度报告有两份：{known[key]} 和 {file}。", "请只保留一份，再核对。")
        if key:
            known[key] = file
    chosen = [file for file in files if year is None or (about[file] or ("", year))[1] == year]
    return [(file, known.get((key[0], key[1] - 1)) if (key := about[file]) else None) for file in chosen]


def _units_and_years(files: list[Path], data_dir: Path | None, readings: Path | None) -> dict[Path, tuple[str, int] | None]:
    """The unit and year of every report, None where they cannot be told; of unchanged files from the cache of checks."""
    from assistant.settings import load_settings

    with CheckCache(load_settings(data_dir).data_dir) as kept:
        keys = dict(zip(files, keys_of(((file,), "unit and year") for file in files), strict=True))
        told = {file: line for file in files if (line := kept.get(keys[file]))}
        fresh = [file for file in files if file not in told]
        for file, line in zip(fresh, shared(partial(_unit_and_year, readings=readings), fresh), strict=True):
            told[file] = line
            if line:
                kept.put(keys[file], line)
    said = {file: json.loads(line) if line else {} for file, line in told.items()}
    return {file: (one["unit"], one["year"]) if one.get("unit") and one.get("year") else None for file, one in said.items()}


def _unit_and_year(file: Path, readings: Path | None) -> str:
    """As JSON; empty when the file cannot be read."""
    try:
        report = read_once(file, readings).report
    except AssistantError:
        return ""
    return json.dumps({"unit": report.unit, "year": report.year}, ensure_ascii=False)
