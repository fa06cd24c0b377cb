"""Each rule can be read by people."""

from __future__ import annotations

import pytest

from assistant.checks import catalogue, index_page, rule_page
from assistant.errors import InvalidData


def test_every_rule_has_a_page_with_reason_examples_and_advice() -> None:
    for code, rule in catalogue().items():
        page = rule_page(code.lower())
        assert page.startswith(f"# {code} {rule.title}")
        assert all(text in page for text in (rule.bad, rule.good))
        assert f"[{code}]({code}.md)" in index_page()


def test_an_unknown_code_says_what_to_do() -> None:
    with pytest.raises(InvalidData, match="X999"):
        rule_page("X999")
