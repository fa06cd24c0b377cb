"""The engine: every rule runs, a broken one hides nothing, same input gives same output, decisions survive."""

from __future__ import annotations

import random
from datetime import date

import pytest

from assistant.checks import CheckContext, CheckSettings, catalogue, run_checks
from assistant.checks import engine as engine_module
from assistant.checks.catalogue import Rule
from assistant.checks.pattern_engine import evaluate
from assistant.checks.registry import Registered, registered, verify
from assistant.domain.cell import Cell, CellState, number_cell
from assistant.domain.finding import Explanation, Outcome, Status
from assistant.errors import InvalidData
from tests.checks.builder import context, report


def test_a_crashing_rule_becomes_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: CheckContext) -> tuple[Outcome, ...]:
        raise ZeroDivisionError("x")

    entries = tuple(Registered(entry.codes, broken) if "T001" in entry.codes else entry for entry in registered())
    monkeypatch.setattr(engine_module, "registered", lambda: entries)
    result = run_checks(context({"text": {"other": ["无。"]}}))
    assert {finding.code for finding in result.findings} == {"E001", "S033"}
    assert [outcome.status for outcome in result.outcomes if outcome.code == "T001"] == [Status.CRASHED]


def test_identities_are_counted_and_missing_ones_are_not() -> None:
    sound = run_checks(context({"previous": {"text": {"overview": ["x"], "problems": ["y"]}}}))
    assert (sound.identities_evaluated, sound.identities_total) == (49, 49)
    assert (run_checks(context({})).identities_total, run_checks(context({"edition": "2019"})).identities_total) == (42, 40)
    holed = run_checks(context({"cells": {"t3.granted.person": "absent"}}))
    assert holed.identities_evaluated == 42 - 2


def test_nothing_is_proved_by_a_table_that_holds_no_number() -> None:
    unfilled = report({}).replace(cells=tuple(Cell(id=one.id, state=CellState.BLANK) for one in report({}).cells))
    result = run_checks(CheckContext(unfilled))
    assert (result.identities_evaluated, result.identities_total) == (0, 42)


def test_the_order_of_the_cells_changes_nothing() -> None:
    this = report({"cells": {"t3.granted.person": 3, "t4.direct.total": 2, "t2.penalty.decisions": "1.5"}})
    shuffled = list(this.cells)
    random.Random(7).shuffle(shuffled)
    one, two = run_checks(CheckContext(this)), run_checks(CheckContext(this.replace(cells=tuple(shuffled))))
    assert one.findings == two.findings
    assert one == run_checks(CheckContext(this))


def test_a_decision_outlives_new_figures_in_the_text() -> None:
    said = {"problems": ["政策解读不足。。共 12 条。"]}
    (before,) = run_checks(context({"text": said})).findings
    explained = {before.fingerprint: Explanation(by="李审核", reason="原文如此")}
    said["problems"] = ["政策解读不足。。共 15 条。"]
    this = context({"text": said})
    (after,) = run_checks(CheckContext(this.report, explanations=explained)).findings
    assert after.explained == explained[before.fingerprint]


def test_an_expired_decision_no_longer_counts_and_an_unused_one_is_told() -> None:
    this = context({"text": {"other": ["无。"]}}).report
    (finding,) = run_checks(CheckContext(this)).findings
    old = {finding.fingerprint: Explanation(by="李审核", reason="暂缓", until="2024-01-31")}
    expired = run_checks(CheckContext(this, explanations=old, today=date(2024, 6, 1)))
    assert {item.code for item in expired.findings} == {"S033", "P105"}
    assert all(item.explained is None for item in expired.findings)
    unused = CheckContext(report(), explanations=old, settings=CheckSettings(tell_unused=True))
    assert [item.code for item in run_checks(unused).findings] == ["P104"]
    assert run_checks(CheckContext(report(), explanations=old)).findings == ()


def test_what_rests_on_a_wrong_cell_is_not_judged_a_second_time() -> None:
    spec = {
        "cells": {"t4.direct.total": 122, "t4.direct.upheld": 12},
        "text": {"problems": ["政府信息公开行政诉讼12件反映出答复不够规范。"]},
    }
    assert [finding.code for finding in run_checks(context(spec)).findings if finding.severity != "info"] == ["T104"]


def test_the_basis_is_the_one_in_force_in_the_report_year() -> None:
    for spec, number in (({}, "国办公开办函〔2021〕30号"), ({"edition": "2019"}, "国办公开办函〔2019〕60号")):
        (finding,) = run_checks(context({**spec, "cells": {"t2.penalty.decisions": "1.5"}})).findings
        assert [basis.number for basis in finding.basis] == [number]


def test_a_row_without_implementation_and_an_implementation_without_row_stop_the_import() -> None:
    rows = dict(catalogue())
    with pytest.raises(InvalidData, match="T001 没有实现"):
        verify(rows, tuple(entry for entry in registered() if "T001" not in entry.codes), frozenset({"E001", "P104", "P105"}))
    del rows["T002"]
    with pytest.raises(InvalidData, match="T002 不在规则目录中"):
        verify(rows, registered(), frozenset({"E001", "P104", "P105"}))


RULE = {
    "code": "L901",
    "slug": "example",
    "title": "示例",
    "why": "示例",
    "bad": "错",
    "good": "对",
    "advice": "改",
    "severity": "warning",
}


def test_a_rule_without_both_examples_is_refused() -> None:
    with pytest.raises(ValueError, match="good is empty"):
        Rule.model_validate({**RULE, "good": " "})


PATTERNS = [
    (
        {"kind": "exists", "where": ["other"], "any_of": ["处理费"], "message": "没有写处理费。"},
        {"other": ["无。"]},
        {"other": ["没有收取处理费。"]},
    ),
    (
        {"kind": "forbids", "find": "领导小组", "unless": "撤销", "message": "“{text}”已撤销。"},
        {"problems": ["领导小组作用不足。"]},
        {"problems": ["领导小组已撤销。"]},
    ),
    (
        {"kind": "substitutes", "words": {"管委会": "区政府"}, "message": "“{text}”应为“{right}”。"},
        {"problems": ["管委会网站更新慢。"]},
        {"problems": ["区政府网站更新慢。"]},
    ),
    (
        {"kind": "order", "where": ["problems"], "sequence": ["问题", "措施"], "message": "“{text}”应在后。"},
        {"problems": ["措施得力。", "问题不少。"]},
        {"problems": ["问题不少。", "措施得力。"]},
    ),
    (
        {"kind": "stale_year", "find": r"(?P<year>20\d\d)年工作要点", "message": "“{text}”应为 {right} 年。"},
        {"problems": ["2022年工作要点落实慢。"]},
        {"problems": ["2023年工作要点落实慢。"]},
    ),
    (
        {
            "kind": "claim",
            "find": r"许可(?P<number>[\d,]+)件",
            "cells": ["t2.licensing.decisions"],
            "message": "写 {actual}，表中 {expected}。",
        },
        {"problems": ["许可8件。"]},
        {"problems": ["许可7件。"]},
    ),
]


@pytest.mark.parametrize(("pattern", "bad", "good"), PATTERNS, ids=[str(pattern["kind"]) for pattern, _, _ in PATTERNS])
def test_a_jurist_adds_a_rule_with_a_few_lines_of_yaml(pattern: dict, bad: dict, good: dict, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[type-arg]
    rule = Rule.model_validate({**RULE, "pattern": pattern}, strict=False)
    monkeypatch.setitem(catalogue(), "L901", rule)
    cells = (number_cell("t2.licensing.decisions", 7),)
    wrong = evaluate(rule, CheckContext(context({"text": bad}).report.with_cells(*cells)))
    (finding,) = [finding for outcome in wrong for finding in outcome.findings]
    assert finding.code == "L901"
    assert "{" not in finding.message
    right = evaluate(rule, CheckContext(context({"text": good}).report.with_cells(*cells)))
    assert {outcome.status for outcome in right} == {Status.PASS}
