"""A drafted report of the sample bureau, and services that are opened anew for each test."""

from __future__ import annotations

import pytest

from assistant import workflow
from assistant.settings import load_settings
from assistant.ui.services import services
from assistant.workspace import Workspace
from tests.sample import FACTS, PREVIOUS, REGISTER, UNIT, YEAR


@pytest.fixture(autouse=True)
def fresh_services() -> None:
    services.clear()  # type: ignore[attr-defined]


@pytest.fixture
def workspace() -> Workspace:
    """The workspace that the pages use."""
    return Workspace(load_settings().data_dir)


@pytest.fixture
def report_id(workspace: Workspace) -> int:
    """A drafted report of the sample bureau in the workspace."""
    entry = workflow.begin(workspace, UNIT, YEAR)
    for role, path in (("previous", PREVIOUS), ("register", REGISTER), ("facts", FACTS)):
        workspace.attach(entry.id, role, path.name, path.read_bytes())
    saved = workflow.draft(workflow.fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS, facts=FACTS), settings=load_settings())
    workspace.save(entry.id, workflow.dump(saved), saved.report.content_hash, who="填报人", based_on=0)
    return entry.id
