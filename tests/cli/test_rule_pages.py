"""The published rule pages are those of the catalogue."""

from __future__ import annotations

from pathlib import Path

from assistant.checks import catalogue, index_page, rule_page

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"


def test_every_rule_has_its_page_as_generated() -> None:
    want = {f"{code}.md": rule_page(code) for code in catalogue()} | {"README.md": index_page()}
    assert {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")} == want, "make rules"
