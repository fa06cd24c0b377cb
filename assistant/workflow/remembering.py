"""What a unit's people decided about its registers, remembered in the workspace and used at every filling.

Wordings and columns hold for the unit; a decision about a row holds for that very file, one about a cell for that year.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from assistant.domain.register import RegisterDecisions, RegisterKind
from assistant.workflow.materials import REGISTERS, File, place_of

if TYPE_CHECKING:
    from assistant.tables.result import DecisionNeeded
    from assistant.workspace import Workspace

WORDINGS = {"outcome": "outcomes", "category": "categories"}  # every other vocabulary: wordings
OF_ROWS = ("include", "exclude")


def column_choices(workspace: Workspace, unit: str) -> dict[RegisterKind, dict[str, str]]:
    """The unit's columns by kind of register: header → field."""
    kept = workspace.preferences(unit)
    return {kind: _map(kept, f"columns.{kind}") for kind in REGISTERS}


def choose_column(workspace: Workspace, unit: str, kind: RegisterKind, header: str, field: str) -> None:
    """Remember what a header means; an empty field forgets the choice."""
    chosen = column_choices(workspace, unit)[kind] | {header: field}
    workspace.prefer(unit, f"columns.{kind}", json.dumps({name: one for name, one in chosen.items() if one}, ensure_ascii=False))


def decisions_made(workspace: Workspace, unit: str, year: int, files: Mapping[RegisterKind, File]) -> RegisterDecisions:
    """All decisions that hold for these files and this year."""
    kept = workspace.preferences(unit)
    rows: dict[str, str] = {}
    for file in files.values():
        rows |= _map(kept, _rows_of(file))
    found = {name: _map(kept, f"decisions.{name}") for name in (*WORDINGS.values(), "wordings")}
    return RegisterDecisions.model_validate({**found, "rows": rows, "cells": _map(kept, f"decisions.cells.{year}")})


def decide(workspace: Workspace, unit: str, needed: DecisionNeeded, key: str, files: Mapping[RegisterKind, File]) -> None:
    """Remember a decision: about the wording wherever it stands, or about each row in the file it stands in."""
    if needed.by == "wording":
        own = WORDINGS.get(needed.vocabulary)
        wording = needed.wording if own else f"{needed.vocabulary}:{needed.wording}"
        _add(workspace, unit, f"decisions.{own or 'wordings'}", {wording: key})
        return
    whole = key in OF_ROWS or needed.vocabulary in ("", "outcome")
    for kind, file in files.items():
        rows = [row if whole else f"{row}#{needed.vocabulary}" for row in needed.rows if _kind_of(row) == kind]
        if rows:
            _add(workspace, unit, _rows_of(file), dict.fromkeys(rows, key))


def _kind_of(row: str) -> RegisterKind:
    return next((kind for kind in REGISTERS if place_of(kind) and row.startswith(place_of(kind))), "applications")


def decide_cell(workspace: Workspace, unit: str, year: int, cell: str, source: str) -> None:
    """Remember which source of a cell wins in a year's report: `typed`, `counted` or `carried`."""
    _add(workspace, unit, f"decisions.cells.{year}", {cell: source})


def forget_decisions(workspace: Workspace, unit: str, year: int, files: Mapping[RegisterKind, File]) -> None:
    """Take all these decisions back; the questions come again."""
    for key in (
        *(f"decisions.{name}" for name in (*WORDINGS.values(), "wordings")),
        f"decisions.cells.{year}",
        *map(_rows_of, files.values()),
    ):
        workspace.prefer(unit, key, "{}")


def _rows_of(file: File) -> str:
    return f"decisions.rows.{sha256(file[1]).hexdigest()[:24]}"


def _add(workspace: Workspace, unit: str, key: str, more: Mapping[str, str]) -> None:
    workspace.prefer(unit, key, json.dumps({**_map(workspace.preferences(unit), key), **more}, ensure_ascii=False))


def _map(kept: Mapping[str, str], key: str) -> dict[str, str]:
    return cast("dict[str, str]", json.loads(kept.get(key) or "{}"))
