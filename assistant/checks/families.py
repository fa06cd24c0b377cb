"""Importing every room of rules, so that each registers what it implements."""

from __future__ import annotations

from importlib import import_module

ROOMS = (
    "assistant.checks.tables",
    "assistant.checks.across",
    "assistant.checks.dates",
    "assistant.checks.structure",
    "assistant.checks.claims",
    "assistant.checks.wording",
    "assistant.checks.repetition",
    "assistant.checks.sources",
)


def load_rules() -> None:
    """Import the rooms of rules in order."""
    for room in ROOMS:
        import_module(room)
