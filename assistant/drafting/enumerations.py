"""一是 … 二是 … in a drafted section, after sentences fell out."""

from __future__ import annotations

import re

from assistant.domain.draft import DraftSentence
from assistant.drafting.planning import Material
from assistant.drafting.slots import fill

_ORDINAL = re.compile(r"(?<![第其])[一二三四五六七八九十]{1,2}是(?=[^一-龥]?[一-龥])")
_ORDINALS = "一二三四五六七八九十"
_BARE_HEAD = re.compile(r"^[一二三四五六七八九十]是[^，；。]{2,40}。$")


def without_bare_heads(sentences: tuple[DraftSentence, ...]) -> tuple[DraftSentence, ...]:
    """`二是优化栏目设置。` goes when every sentence under it went."""
    result = list(sentences)
    for i, sentence in enumerate(sentences):
        if not _BARE_HEAD.match(sentence.text):
            continue
        under = []
        for other in sentences[i + 1 :]:
            if other.block != sentence.block or _ORDINAL.match(other.last_text or other.text):
                break
            under.append(other)
        if under and all(other.colour == "gone" for other in under):
            result[i] = sentence.model_copy(
                update={"colour": "gone", "text": "", "template": "", "facts": (), "reason": "这一项下的内容本年都没有数据"}
            )
    return tuple(result)


def renumbered(sentences: tuple[DraftSentence, ...], material: Material) -> tuple[DraftSentence, ...]:
    """一是 … 二是 … counted anew in every paragraph after sentences fell out."""
    counters: dict[str, int] = {}
    result = []
    for sentence in sentences:
        template = sentence.template
        if sentence.colour != "gone" and _ORDINAL.search(template):
            template = _counted(template, sentence.block, counters)
        if template != sentence.template:
            text = fill(template, material.book.by_name).text
            sentence = sentence.model_copy(
                update={"template": template, "text": text, "colour": "refill" if sentence.colour == "keep" else sentence.colour}
            )
        result.append(sentence)
    return tuple(result)


def _counted(template: str, block: str, counters: dict[str, int]) -> str:
    def number(match: re.Match[str]) -> str:
        if match.group() == "一是":
            counters[block] = 0
        counters[block] = counters.get(block, 0) + 1
        return f"{_ORDINALS[counters[block] - 1]}是" if counters[block] <= len(_ORDINALS) else match.group()

    return _ORDINAL.sub(number, template)
