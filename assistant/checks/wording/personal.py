"""L801: personal data in a text that is published — identity numbers, mobile phones, bank cards, names of applicants."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.checks.context import CheckContext
from assistant.checks.findings import found, judged
from assistant.checks.prose import NARRATIVE, Sentence, part_name, sentences
from assistant.checks.registry import rule
from assistant.domain.finding import Finding, Outcome
from assistant.expressions import regex

_SPACE = r"[\s\-－]?"
_DIGIT = "0-9０-９"
_LONG_NUMBER = regex(rf"[{_DIGIT}](?:{_SPACE}[{_DIGIT}]){{10}}")
_ID = regex(rf"(?<![{_DIGIT}])[1-9１-９](?:{_SPACE}[{_DIGIT}]){{16}}{_SPACE}[{_DIGIT}Xxｘ×](?![{_DIGIT}])")
_MOBILE = regex(rf"(?<![{_DIGIT}\-.])(?:\+?86{_SPACE})?[1１](?:[3-9３-９])(?:{_SPACE}[{_DIGIT}]){{9}}(?![{_DIGIT}])")
_CARD = regex(rf"(?<![{_DIGIT}])[3-6](?:{_SPACE}[{_DIGIT}]){{15,18}}(?![{_DIGIT}])")
_NUMBERED_THING = regex(r"(?:信用代码|文号|编号|案号|备案号|许可证号|索引号|账户数|总计|共)\s*[:：]?\s*$")


@rule("L801")
def personal_data(ctx: CheckContext) -> tuple[Outcome, ...]:
    """All personal data of a sentence are one finding. The office's land line in the preamble is meant to be published."""
    if not _LONG_NUMBER.search(ctx.whole) and not _persons(ctx):
        return judged("L801", [])
    findings = [finding for sentence in sentences(ctx, ("preamble", *NARRATIVE, "signature")) if (finding := _in_sentence(ctx, sentence))]
    return judged("L801", findings)


def _in_sentence(ctx: CheckContext, sentence: Sentence) -> Finding | None:
    text = sentence.text
    hits = [*_numbers(text)] + [("申请人姓名", (place, place + len(name))) for name in _persons(ctx) if (place := text.find(name)) >= 0]
    if not hits:
        return None
    hits.sort(key=lambda hit: hit[1])
    kinds = "、".join(dict.fromkeys(kind for kind, _ in hits))
    start, end = hits[0][1][0], max(place[1] for _, place in hits)
    message = f"{part_name(ctx, sentence.part)}含有{kinds}（{_masked(text[hits[0][1][0] : hits[0][1][1]])}），公开前必须删去。"
    return found(ctx, "L801", message, span=sentence.span(start, end), actual=kinds)


@lru_cache(maxsize=2048)
def _numbers(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The numbers of persons in a sentence, by kind."""
    hits = [("身份证号码", match.span()) for match in _ID.finditer(text) if _looks_like_id(match.group())]
    hits += [("手机号码", match.span()) for match in _MOBILE.finditer(text) if not _inside(match.span(), hits)]
    hits += [("银行卡号", match.span()) for match in _CARD.finditer(text) if _luhn(match.group()) and not _inside(match.span(), hits)]
    return tuple((kind, place) for kind, place in hits if not _NUMBERED_THING.search(text[: place[0]]))


def _persons(ctx: CheckContext) -> tuple[str, ...]:
    return tuple(sorted(name for name in ctx.register.persons if len(name) >= 2)) if ctx.register else ()


def _inside(place: tuple[int, int], hits: list[tuple[str, tuple[int, int]]]) -> bool:
    return any(start < place[1] and place[0] < end for _, (start, end) in hits)


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdigit())


def _looks_like_id(text: str) -> bool:
    """The birth date inside must be a date."""
    digits = _digits(text)
    return 1800 <= int(digits[6:10]) <= 2100 and 1 <= int(digits[10:12]) <= 12 and 1 <= int(digits[12:14]) <= 31


def _luhn(text: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(_digits(text))):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _masked(text: str) -> str:
    bare = re.sub(r"[\s\-－]", "", text)
    return bare[:3] + "*" * max(len(bare) - 5, 1) + bare[-2:] if len(bare) > 5 else bare[:1] + "*" * (len(bare) - 1)
