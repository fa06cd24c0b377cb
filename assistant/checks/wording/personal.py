"""L801–L802: personal data in a text that is published — identity numbers, mobile phones, bank cards, names of applicants; how to reach a person."""

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
_COUNTED = regex(r"\s*[余多]?(?:次|人|条|件|个|元|万|亿|份|篇|户|家|吨|平方|立方|公里|字|[A-Z]?B)")
_NUMBERED_THING = regex(r"(?:信用代码|文号|编号|案号|备案号|许可证号|索引号|账户数|总计|共)\s*[:：]?\s*$")
# Whose data it is must be said: an office publishes addresses, telephone numbers and mail boxes of its own.
_PERSON = r"(?:申请人|当事人|原告|第三人|投诉人|信访人|举报人|本人|该市民|某市民)"
_REACH = r"(?:电子邮箱|电子邮件|邮箱|联系电话|电话|联系方式|微信号?|QQ号?|传真)"
_OF = r"(?:(?!公布|公开|提供|告知|咨询|拨打|通过|可|向)[^，。；]){0,6}"
_IS = r"(?:为|是|[:：（(])?\s*"
_DETAILS = (
    ("联系方式", regex(rf"{_PERSON}{_OF}{_REACH}(?:号码)?{_IS}(?P<value>[A-Za-z0-9（()）@._+\-]{{5,}})")),
    ("住址", regex(r"(?:住址|户籍地|户籍地址|家庭地址|居住地|住在|家住)(?:为|是|在|位于)?[:：]?\s*(?P<value>[^，。；）)]{0,30}?(?:[0-9０-９]+号|[栋幢室组]|村|小区|路|街|巷)[^，。；）)]{0,12})")),
    ("证件号码", regex(r"(?:护照|军官证|士兵证|驾驶证|通行证|居留证|学籍|病历|社保卡|医保卡)(?:号码|编号|号)[^0-9A-Za-z，。；]{0,4}(?P<value>[A-Za-z0-9]{6,})")),
    ("账号", regex(rf"{_PERSON}{_OF}账[户号](?:号码)?{_IS}(?P<value>[0-9 ]{{8,}})")),
    ("车牌号", regex(r"(?P<value>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[A-Z0-9]{5,6})(?![A-Za-z0-9])")),
)  # fmt: skip


@rule("L802")
def ways_to_reach_a_person(ctx: CheckContext) -> tuple[Outcome, ...]:
    """Addresses, mail, accounts and papers of persons. What the office itself publishes to be reached is left alone; numbers told by L801 are not told again."""
    findings = []
    details = [(kind, expression) for kind, expression in _DETAILS if expression.search(ctx.whole)]
    for sentence in sentences(ctx, ("preamble", *NARRATIVE, "signature")) if details else ():
        for kind, expression in details:
            match = expression.search(sentence.text)
            if match is None or _numbers(match["value"]):
                continue
            message = f"{part_name(ctx, sentence.part)}含有个人的{kind}（{_masked(match['value'])}），公开前应当删去。"
            findings.append(found(ctx, "L802", message, span=sentence.span(*match.span("value")), actual=kind))
    return judged("L802", findings)


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
    if not _LONG_NUMBER.search(text):
        return ()
    hits = [("身份证号码", match.span()) for match in _ID.finditer(text) if _looks_like_id(match.group())]
    hits += [("手机号码", match.span()) for match in _MOBILE.finditer(text) if not _inside(match.span(), hits)]
    hits += [("银行卡号", match.span()) for match in _CARD.finditer(text) if _luhn(match.group()) and not _inside(match.span(), hits)]
    return tuple(
        (kind, place) for kind, place in hits if not _NUMBERED_THING.search(text[: place[0]]) and not _COUNTED.match(text, place[1])
    )


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
