"""`nianbao draft REPORT.json --edit OPERATION --paragraph ID`: a proposal with its redline, taken over in whole or in part, or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.common import say
from assistant.errors import InvalidData

if TYPE_CHECKING:
    from assistant.domain.draft import Proposal
    from assistant.domain.saved import SavedReport
    from assistant.settings import Settings


def edit_paragraph(
    saved: SavedReport,
    settings: Settings,
    report: Path,
    operation: str,
    paragraph: str,
    instruction: str,
    kept: Path | None,
    accept: str,
    names: frozenset[str],
) -> SavedReport | None:
    """The report with what was accepted of a proposal, None when nothing was. A new proposal is asked for with `operation`, else read from `kept`.
    Raises `InvalidData`, `ModelTrouble`, `ConflictingInput`."""
    from assistant import workflow
    from assistant.domain.draft import Proposal

    place = kept or report.with_name(f"{report.stem}.建议.json")
    if operation:
        _known(saved, operation, paragraph)
        made = workflow.propose_edit(saved, paragraph, operation, settings=settings, instruction=instruction, private_names=names)
        place.write_text(made.model_dump_json(indent=1), encoding="utf-8")
    else:
        made = Proposal.model_validate_json(place.read_text(encoding="utf-8"), strict=False)
    _tell(made)
    if accept:
        return workflow.accept_edit(saved, made, _taken(accept, len(workflow.changes(made))))
    say(f"建议已存：{place}。原文未动；采用：nianbao draft {report} --proposal {place} --accept all（或 --accept 1,3）-o 新文件.json")
    return None


def _known(saved: SavedReport, operation: str, paragraph: str) -> None:
    from assistant import workflow

    if operation not in (known := workflow.edit_operations()):
        raise InvalidData(f"没有“{operation}”这种改法。", f"可用：{'、'.join(f'{name}（{label}）' for name, label in known.items())}。")
    blocks = {block.id: block.text for _, block in saved.report.blocks()}
    if paragraph not in blocks:
        listed = "；".join(f"{name} {text[:12]}" for name, text in blocks.items())
        raise InvalidData(
            f"没有编号为“{paragraph}”的段落。" if paragraph else "没有写明改哪一段。", f"用 --paragraph 给出，可用：{listed}。"
        )


def _taken(accept: str, places: int) -> frozenset[int] | None:
    if accept == "all":
        return None
    numbers = [part.strip() for part in accept.replace("，", ",").split(",")]
    if not all(part.isdigit() and 1 <= int(part) <= places for part in numbers):
        raise InvalidData(f"--accept {accept} 不在第 1 至 {places} 处之内。", "写 all，或用逗号隔开的几处，如 1,3。")
    return frozenset(int(part) - 1 for part in numbers)


def _tell(made: Proposal) -> None:
    """The whole with its changes marked, then each place by number."""
    from assistant import workflow

    if made.notice:
        say(f"注意：{made.notice}")
    say(workflow.marked(made.redline))
    for number, pieces in enumerate(workflow.changes(made), 1):
        say(f"  第 {number} 处：{workflow.marked(pieces)}")
    for finding in made.findings:
        say(f"  [{finding.code}] {finding.message}")
