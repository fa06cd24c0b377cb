"""Changes to one paragraph that a model proposes: shown with a redline, taken over in whole or in part, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.domain.draft import Proposal
from assistant.domain.saved import SavedReport
from assistant.errors import ConflictingInput, InvalidData
from assistant.workflow.editing import part_text, set_text
from assistant.workflow.prepared import material

if TYPE_CHECKING:
    from assistant.domain.model_port import ModelRequest
    from assistant.drafting.edits import Operation
    from assistant.settings import Settings

Piece = tuple[str, str]  # (op, text) of a redline
ROLES = {"system": "规则", "user": "请求", "assistant": "答复"}


def edit_operations() -> dict[str, str]:
    """What may be asked of a paragraph: name → label."""
    return {name: operation.label for name, operation in _operations().items()}


def _operations() -> dict[str, Operation]:
    from assistant.drafting.edits import operations

    return operations()


def edit_prompt(
    saved: SavedReport, block: str, operation: str, *, instruction: str = "", private_names: frozenset[str] = frozenset()
) -> str:
    """The prompt that would be sent, message by message."""
    from assistant.drafting.edits import preview

    part, text = _paragraph(saved, block)
    request = preview(operation, text, material(saved), section=part, instruction=instruction, private_names=private_names)
    return readable_request(request)


def readable_request(request: ModelRequest) -> str:
    """A request as people read it, message by message."""
    return "\n\n".join(f"〔{ROLES[message.role]}〕\n{message.text}" for message in request.messages)


def propose_edit(
    saved: SavedReport,
    block: str,
    operation: str,
    *,
    settings: Settings,
    instruction: str = "",
    private_names: frozenset[str] = frozenset(),
    on_text: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Proposal:
    """A proposed text for a paragraph. Raises `ModelUnavailable` and `InvalidData`."""
    from assistant.drafting.edits import propose
    from assistant.drafting.model import chat_model

    part, text = _paragraph(saved, block)
    return propose(
        operation,
        text,
        material(saved),
        chat_model(settings, "edit"),
        section=part,
        block=block,
        instruction=instruction,
        private_names=private_names,
        on_text=on_text,
        stop=stop,
    )


def _paragraph(saved: SavedReport, block: str) -> tuple[str, str]:
    found = next(((part, one.text) for part, one in saved.report.blocks() if one.id == block), None)
    if found is None:
        raise InvalidData("这一段已经不在报告里。", "请重新选择段落。")
    return found


def changes(proposal: Proposal) -> tuple[tuple[Piece, ...], ...]:
    """The changed places of a proposal in reading order, each the pieces deleted and inserted there. Where sentences change places there is only
    one place: the whole."""
    if any(op == "move" for op, _ in proposal.redline):
        return (proposal.redline,)
    return tuple(tuple(group) for kept, group in groupby(proposal.redline, key=lambda piece: piece[0] == "keep") if not kept)


def proposed_text(proposal: Proposal, taken: frozenset[int] | None = None) -> str:
    """The paragraph with the changed places numbered in `taken` made (all when None)."""
    if taken is None or taken >= set(range(len(changes(proposal)))):
        return proposal.new
    if any(op == "move" for op, _ in proposal.redline):
        return proposal.old
    pieces, place = [], -1
    for kept, group in groupby(proposal.redline, key=lambda piece: piece[0] == "keep"):
        place += not kept
        dropped = "delete" if place in taken else "insert"
        pieces += [text for op, text in group if kept or op != dropped]
    return "".join(pieces)


def accept_edit(saved: SavedReport, proposal: Proposal, taken: frozenset[int] | None = None) -> SavedReport:
    """The report with a proposal taken over; its sentences keep the facts that stand in them. Raises `ConflictingInput` when the paragraph was
    changed meanwhile."""
    part, text = _paragraph(saved, proposal.block)
    if text != proposal.old:
        raise ConflictingInput("这一段在提出建议以后又改过，建议没有采用。", "请对现在的文字重新提出建议。")
    new = proposed_text(proposal, taken)
    lines = part_text(saved.report, part).split("\n")
    numbers = [block.id for name, block in saved.report.blocks() if name == part]
    lines[numbers.index(proposal.block)] = new
    reason = f"采用的修改建议：{_operations()[proposal.operation].label}"
    return set_text(saved, part, "\n".join(lines), reason=reason, origin="model")
