"""L102: half-width marks in Chinese text — not in addresses, numbers or Latin words; one finding for each sentence."""

from __future__ import annotations

import re

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.prose import Sentence, part_name, sentences
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome, ReplaceText

_CJK = r"\u3007\u4e00-\u9fff，。；：、！？（）《》“”‘’〔〕【】〈〉"
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。", "<": "〈", ">": "〉"}
_HALF = re.compile(rf"(?<=[{_CJK}%％])\s?[,;:!?]|[,;:!?](?=\s?[{_CJK}])|(?<=[{_CJK}])\s?\((?=[^()]*\))|\((?=\s?[{_CJK}])|(?<=[{_CJK}])\)|\)(?=[{_CJK}])|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff]|$)|<(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])>")
_LATIN = re.compile(r"(?:https?://|www\.)[\w./:?=&%#\-]+|[\w.\-]+@[\w.\-]+|\d+(?:[.,:]\d+)+")
_PARTS = ("preamble", "overview", "disclosure", "applications", "disputes", "problems", "other", "signature")


@rule("L102")
def half_width(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Commas, colons, brackets and full stops of half width."""
    findings = [finding for sentence in sentences(ctx, _PARTS) if (finding := _in_sentence(ctx, sentence))]
    return judged("L102", findings)


def _in_sentence(ctx: CheckContext, sentence: Sentence) -> Finding | None:
    text = sentence.text
    if not any(mark in text for mark in ",;:!?().<>"):
        return None
    spared = [match.span() for match in _LATIN.finditer(text)]
    places = [match.end() - 1 for match in _HALF.finditer(text) if not any(start <= match.end() - 1 < end for start, end in spared)]
    if not places:
        return None
    first, last = places[0], places[-1] + 1
    marks = "、".join(f"“{mark}”" for mark in dict.fromkeys(text[place] for place in places))
    edits = tuple(ReplaceText(span=sentence.span(place, place + 1), new=_FULL[text[place]]) for place in places)
    span = sentence.span(max(0, first - 2), min(len(text), last + 2))
    message = f"{part_name(ctx, sentence.part)}“{text[max(0, first - 8):first + 9].strip()}”用了半角标点 {marks}{f'（共 {len(places)} 处）' if len(places) > 1 else ''}，应为全角。"
    return found(ctx, "L102", message, span=span, expected="".join(_FULL[text[place]] for place in places[:4]), actual="".join(text[place] for place in places[:4]), edits=edits)
