"""Starting is cheap: a command imports only what it uses."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("streamlit", "chromadb", "langchain", "langchain_core", "openai", "pandas", "numpy", "pdfplumber", "typst", "docx")


@pytest.mark.parametrize(
    "words", [["--help"], ["check", "corpus/samples/qinghe-agri/report-2024.docx"], ["read", "corpus/samples/qinghe-agri/report-2024.docx"]]
)
def test_heavy_packages_stay_out(words: list[str]) -> None:
    script = f"""
import sys
sys.argv = ["nianbao", *{words!r}]
from assistant.cli import main
try:
    main()
except SystemExit:
    pass
print("HEAVY", sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"
