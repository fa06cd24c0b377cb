"""Checks of one report: the catalogue, the engine, and one room per family of rules. Pure: no I/O but package data, no clock.

`run_checks(CheckContext(report=…, previous=…))` gives a `CheckResult`; `catalogue()` all rules; `rule_page(code)` a rule explained.
The package does not import when catalogue and implementations disagree.
"""

from assistant.checks.catalogue import FAMILIES, Rule, catalogue
from assistant.checks.context import CheckContext, CheckSettings, RegisterSummary
from assistant.checks.engine import ENGINE_CODES, run_checks
from assistant.checks.families import load_rules
from assistant.checks.pages import index_page, rule_page
from assistant.checks.registry import registered, verify

load_rules()
verify(catalogue(), registered(), ENGINE_CODES)

__all__ = ["FAMILIES", "CheckContext", "CheckSettings", "RegisterSummary", "Rule", "catalogue", "index_page", "rule_page", "run_checks"]
