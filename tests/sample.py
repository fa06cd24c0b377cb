"""The sample bureau's files, for tests that need real-looking input."""

from __future__ import annotations

from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "qinghe-agri"
UNIT, YEAR = "云岭市青禾区农业农村局", 2025
PREVIOUS = SAMPLE / "report-2024.docx"
REGISTER = SAMPLE / "register-2025.xlsx"
FACTS = SAMPLE / "facts-2025.yaml"
