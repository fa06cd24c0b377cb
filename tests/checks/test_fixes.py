"""Fixes: typed edits, made at once, refused where they no longer fit or where they would do harm."""

from __future__ import annotations

import pytest

from assistant.checks import CheckContext, run_checks
from assistant.checks.fixes import apply_checked, apply_fixes, apply_safe, safe_findings
from assistant.domain.cell import Computed, Typed
from assistant.domain.finding import Finding, Fix, SetCell
from assistant.errors import ConflictingInput
from assistant.forms import load_form
from tests.checks.builder import context, report


def test_punctuation_and_totals_are_mended_in_bulk() -> None:
    ctx = context({"cells": {"t3.granted.total": 3}, "text": {"problems": ["政策解读单一,图解偏少;更新慢。", "(一)互动少。"]}})
    chosen = safe_findings(run_checks(ctx).findings)
    mended = apply_checked(ctx, chosen, who="王填报", when="2024-01-20T09:00:00")
    assert run_checks(CheckContext(mended)).findings == ()
    assert mended.value("t3.granted.total") == 0
    assert mended.cell("t3.granted.total").provenance == Typed(who="王填报", when="2024-01-20T09:00:00")
    assert [block.text for part, block in mended.blocks() if part == "problems"] == ["政策解读单一，图解偏少；更新慢。", "（一）互动少。"]


def test_titles_and_headings_are_mended_too() -> None:
    ctx = context(
        {"title": "青山市云溪区水务局2022年政府信息公开工作年度报告", "headings": {"applications": "三、收到和处理政府信息公开申清情况"}}
    )
    mended = apply_fixes(ctx.report, run_checks(ctx).findings, who="王", when="2024")
    assert "2023年" in mended.title
    assert mended.sections[2].heading == "三、收到和处理政府信息公开申请情况"


def test_a_text_that_has_changed_meanwhile_is_not_touched() -> None:
    findings = run_checks(context({"text": {"problems": ["政策解读单一,图解偏少。"]}})).findings
    with pytest.raises(ConflictingInput, match="文字已经改过"):
        apply_fixes(report({"text": {"problems": ["解读很多。"]}}), findings, who="王", when="2024")


def test_a_batch_that_breaks_something_is_refused() -> None:
    edit = SetCell(cell="t3.granted.total", value="9")
    harmful = Finding(code="T005", slug="x", severity="info", title="x", message="x", fix=Fix(fix_class="ask", edits=(edit,)))
    with pytest.raises(ConflictingInput, match="新问题"):
        apply_checked(context({}), [harmful], who="王", when="2024")


def test_two_values_for_one_cell_are_refused() -> None:
    findings = [
        Finding(
            code="T005",
            slug="x",
            severity="info",
            title="x",
            message="x",
            fix=Fix(fix_class="ask", edits=(SetCell(cell="t3.granted.total", value=value),)),
        )
        for value in ("1", "2")
    ]
    with pytest.raises(ConflictingInput):
        apply_fixes(report(), findings, who="王", when="2024")


def test_what_would_bring_new_trouble_is_left_and_the_rest_is_mended() -> None:
    ctx = context({"cells": {"t3.granted.total": 3}, "text": {"problems": ["政策解读单一,图解偏少。"]}})
    mended, made = apply_safe(ctx, who="王", when="2024")
    assert {finding.code for finding in made} == {finding.code for finding in safe_findings(run_checks(ctx).findings)}
    assert run_checks(CheckContext(mended)).findings == ()
    again, nothing = apply_safe(CheckContext(mended), who="王", when="2024")
    assert (again, nothing) == (mended, ())


def test_a_total_that_fell_behind_is_computed_anew_and_stays_a_computed_one() -> None:
    base = report()
    total = next(rule for rule in load_form("2021").totals if rule.key == "row-total:granted")
    known = Computed(identity=total.key, inputs=total.right, inputs_hash="then")
    stale = base.with_cells(base.cell(total.left[0]).model_copy(update={"provenance": known}))
    findings = [finding for finding in run_checks(CheckContext(stale)).findings if finding.code == "P102"]
    assert findings
    mended = apply_fixes(stale, findings, who="王", when="2024")
    assert isinstance(mended.cell(total.left[0]).provenance, Computed)
    assert [finding for finding in run_checks(CheckContext(mended)).findings if finding.code == "P102"] == []
