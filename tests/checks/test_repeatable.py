"""The same report gives the same findings: whatever order its parts come in, in every run and in every process, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assistant.checks import CheckContext, CheckSettings, RegisterSummary, run_checks
from assistant.domain.finding import Explanation
from assistant.domain.report import Report
from assistant.domain.saved import SavedReport
from assistant.files.writers.json_writer import saved_json
from tests.checks.builder import report
from tests.checks.test_single_faults import faults
from tests.strategies import report_pairs

# Something for most families to say: sums, carry-over, text against tables, dates, names, wording, numbering, personal data, repetition.
FAULTY: dict[str, Any] = {
    "cells": {
        "t3.granted.person": 3,
        "t4.direct.total": 2,
        "t2.penalty.decisions": "1.5",
        "t2.fees.amount": "?无",
        "t3.other.misc.total": "/",
    },
    "text": {
        "preamble": ["本报告由青山市云奚区水务局编制，统计期限自2022年1月1日起至2023年12月30日止。"],
        "overview": ["2022年，我局新收政府信息公开申请12件，其中自然人5件、企业6件,占75%。一是主动公开。三是依申请公开申请信息。"],
        "problems": ["工作布署不够及时的的。。2023年，我局将加强培训。联系人手机13800138000。"],
        "other": ["无。"],
        "signature": ["青山市云溪区水利局", "2023年5月1日"],
    },
}


def shuffled(this: Report, data: st.DataObject) -> Report:
    """The same report with its cells in another order."""
    return this.replace(cells=tuple(data.draw(st.permutations(this.cells))))


@given(report_pairs(), st.data())
@settings(max_examples=20, phases=(Phase.explicit, Phase.generate))
def test_no_order_of_what_is_given_changes_a_finding(pair: tuple[Report, Report], data: st.DataObject) -> None:
    this, last = pair
    this = this.with_cells(*{cell.id: cell for cell in data.draw(st.lists(faults(this), min_size=1, max_size=6))}.values())
    names, rows = ("门户网站", "图解", "本机关"), ("台账!A3", "台账!A9")
    counted = {cell: value for cell in ("t3.new.total", "t3.granted.person", "t4.direct.total") if (value := last.value(cell)) is not None}
    explained = {
        finding.fingerprint: Explanation(by="李审核", reason="属实") for finding in run_checks(CheckContext(this, previous=last)).findings
    }

    def findings(turn: Any) -> Any:
        register = RegisterSummary(counted=dict(turn(list(counted.items()))), persons=tuple(turn(["张三丰", "李四光"])), late=rows)
        chosen = CheckSettings(other_names=tuple(turn(list(names))))
        decided = dict(turn(list(explained.items())))
        return run_checks(CheckContext(this, previous=last, register=register, settings=chosen, explanations=decided)).findings

    straight = findings(list)
    this, last = shuffled(this, data), shuffled(last, data)
    assert findings(lambda items: items[::-1]) == straight


def run(folder: Path, seed: str, *arguments: str) -> bytes:
    """What the command line prints in a process of its own with this hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "NIANBAO_DATA_DIR": str(folder / f"data-{seed}")}
    command = [sys.executable, "-c", "from assistant.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, check=False, cwd=folder)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder with a report full of faults and last year's."""
    last = {**FAULTY["text"], "preamble": ["本报告由青山市云溪区水务局编制。"], "signature": ["青山市云溪区水务局"]}
    (tmp_path / "this.json").write_bytes(saved_json(SavedReport(report=report(FAULTY))))
    (tmp_path / "last.json").write_bytes(
        saved_json(SavedReport(report=report({"year": 2022, "text": last, "cells": {"t3.carried_out.person": 1}})))
    )
    return tmp_path


def test_two_processes_give_the_same_bytes(written: Path) -> None:
    check = ("check", "this.json", "last.json", "--previous", "last.json", "--format", "json")
    one, two = run(written, "1", *check), run(written, "4242", *check)
    assert len({finding["code"][0] for line in one.splitlines() for finding in json.loads(line)["findings"]}) >= 7
    assert one == two
    assert one == run(written, "1", *check)  # from the cache


def test_two_processes_write_the_same_files(written: Path) -> None:
    told = ("told.xlsx", "told.sarif")
    for seed in ("1", "4242"):
        (written / seed).mkdir()
        for name in told:
            outs = ("-o", f"{seed}/out.docx", "-o", f"{seed}/out.html", "-o", f"{seed}/out.xlsx", "-o", f"{seed}/out.json", "--draft")
            run(written, seed, "export", "this.json", *outs, "--annotated", f"{seed}/marked.html", "--findings", f"{seed}/{name}")
    for name in (*told, "out.docx", "out.html", "out.xlsx", "out.json", "marked.html"):
        assert (written / "1" / name).read_bytes() == (written / "4242" / name).read_bytes(), name


def test_the_order_of_the_files_changes_no_document(written: Path) -> None:
    names = ["this.json", "last.json"]
    straight, turned = (run(written, "1", "check", *order, "--format", "json").splitlines() for order in (names, names[::-1]))
    assert straight == turned[::-1]
