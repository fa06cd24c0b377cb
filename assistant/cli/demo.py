"""`nianbao demo`: the main job on the shipped sample bureau, from register and last year's report to the exported report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, Exit, say


def demo(
    out: Annotated[Path, typer.Option("--out", help="文件写到哪个文件夹")] = Path("out"),
    offline: Annotated[bool, typer.Option("--offline", help="即使设置了模型也不用")] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Fill, check, retrieve, draft, re-check and export; print what was done, from where, and how long each step took."""
    from assistant import workflow

    made = workflow.demo(out, settings=workflow.load_settings(data_dir), offline=offline, tell=say)
    raise typer.Exit(Exit.FINDINGS if made.errors else Exit.FINE)
