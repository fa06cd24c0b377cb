"""L103: brackets and quotation marks without their partner, looked for over a whole part, so that a paragraph broken in two is no fault."""

from __future__ import annotations

from functools import lru_cache

from assistant.checks.context import CheckContext, span_in
from assistant.checks.findings import found, judged
from assistant.checks.prose import part_name
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome
from assistant.domain.report import Block
from assistant.expressions import regex

_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "〈": "〉", "‘": "’", "「": "」"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_MARKS = regex(f"[{''.join([*_PAIRS, *_CLOSING])}]")
_LIST_ITEM = regex(r"(?:^|[。；;，\n：])\s*[\dA-Za-z一二三四五六七八九十]{1,3}）$")


@rule("L103")
def unpaired(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Each mark without its partner is one finding; several of one kind in one paragraph are told once."""
    findings: list[Finding] = []
    parts: dict[str, list[Block]] = {}
    for part, block in ctx.blocks:
        parts.setdefault(part, []).append(block)
    for part, blocks in parts.items():
        told: set[tuple[str, str]] = set()
        for number, place in _lonely(tuple(block.text for block in blocks)):
            block = blocks[number]
            mark = block.text[place]
            if (block.id, _CLOSING.get(mark, mark)) in told:
                continue
            told.add((block.id, _CLOSING.get(mark, mark)))
            partner = _PAIRS.get(mark) or _CLOSING[mark]
            near = block.text[max(0, place - 8) : place + 9].replace("\n", "")
            message = f"{part_name(ctx, part)}“{near}”中的“{mark}”没有对应的“{partner}”。"
            findings.append(
                found(
                    ctx,
                    "L103",
                    message,
                    span=span_in(part, block, max(0, place - 2), min(len(block.text), place + 3)),
                    expected=partner,
                    actual=mark,
                )
            )
    return judged("L103", findings)


@lru_cache(maxsize=256)
def _lonely(texts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The marks without partner as (number of the paragraph, place in it)."""
    stack: list[tuple[str, int, int]] = []
    alone: list[tuple[int, int]] = []
    for number, printed in enumerate(texts):
        text = printed.replace("(", "（").replace(")", "）").replace("﹙", "（").replace("﹚", "）")
        for match in _MARKS.finditer(text):
            char, place = match.group(), match.start()
            if char in _PAIRS:
                stack.append((char, number, place))
            else:
                at = next((index for index in range(len(stack) - 1, -1, -1) if stack[index][0] == _CLOSING[char]), None)
                if at is None:
                    if not _LIST_ITEM.search(text[: place + 1]):
                        alone.append((number, place))
                else:
                    alone += [(other, spot) for _, other, spot in stack[at + 1 :]]
                    del stack[at:]
    return tuple((number, place) for number, place in alone if texts[number][place] in _PAIRS or texts[number][place] in _CLOSING) + tuple(
        (number, place) for _, number, place in stack if texts[number][place] in _PAIRS
    )
