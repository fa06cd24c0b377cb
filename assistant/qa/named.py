"""What a sentence names, held against the text it cites: numbers with their units and bounds, articles and documents. Pure code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.domain.passage import Passage
from assistant.retrieval.labels import NUMBER, article_label, fold_label, to_number
from assistant.text.numerals import Numeral, lex

_NOT_OVER = r"不(?:得|能|会|应|应当|可|可以|准|许)?(?:再)?(?:超过|多于|高于|大于|长于|晚于|迟于|超出|超)"
_NOT_UNDER = r"不(?:得|能|会|应|应当|可|可以|准|许)?(?:少于|低于|短于|早于|小于|不足)"
_UPPER_BEFORE = re.compile(
    rf"(?:{_NOT_OVER}|最[多长迟晚高大]|至多|顶多|(?<!不)(?<!不得)(?<!不能)(?<!不应)(?:少于|低于|小于|短于|早于)|不足|不到|不满|未满|未超过)[^，。；、]{{0,3}}$"
)
_UPPER_AFTER = re.compile(r"^(?:的)?(?:以内|以下|之内|内|之前|以前|前|封顶|为限|为上限)")
_LOWER_BEFORE = re.compile(
    rf"(?:{_NOT_UNDER}|至少|最[少短早低小]|起码|不止|多达|(?<!不)(?<!不得)(?<!不能)(?<!不应)(?<!未)(?:超过|多于|高于|大于|长于|晚于|迟于|超出|超|满|达到|达))[^，。；、]{{0,3}}$"
)
_LOWER_AFTER = re.compile(r"^(?:的)?(?:以上|以外|之外|以后|之后|后|起步|起(?!至|到)|开外|为下限)")
_SUFFIX = re.compile(r"(?:以内|以下|以上|之内|以外|以后|之后|以前|之前|内|前|后|余|多)+$")
_ARTICLE = re.compile(rf"第({NUMBER})条")
_DOCUMENT = re.compile(r"[〔\[(（]\s*(?:19|20)\d\d\s*[〕\])）]\s*\d+\s*号|第?\d+号令|《([^》]+)》")


def unknown_number(text: str, source: str) -> str:
    """The number in a sentence that the source does not give, or not with its unit; what is wrong in Chinese, empty when all are there."""
    known = {(_value(one), one.unit) for one in lex(source)} | {(_value(one), "") for one in lex(source)}
    for one in lex(text):
        if one.kind in {"idiom", "name", "ordinal", "list", "article"}:
            continue
        value = _value(one)
        units = {unit for number, unit in known if number == value}
        if not units or (one.unit and one.unit not in units and not any(_alike(one.unit, unit) for unit in units if unit)):
            return f"“{one.raw}”不在所引条文中"
    return ""


def other_bound(text: str, source: str) -> str:
    """Whether a number is given a bound that the text does not give it, or two that exclude each other."""
    known: dict[tuple[Decimal | str, str], set[str]] = {}
    for one in lex(source):
        known.setdefault(_measured(one), set()).update(_bound(one, source))
    for one in lex(text):
        ours = _bound(one, text)
        if ours - known.get(_measured(one), set()) or len(ours) > 1:
            return f"“{one.raw}”的上下限与条文不符"
    return ""


def _measured(one: Numeral) -> tuple[Decimal | str, str]:
    return _value(one), one.unit.removeprefix("个")


def _bound(one: Numeral, text: str) -> set[str]:
    """Bounds in the words right before and after a number; what follows it may be a part of its raw text."""
    bare = one.start + len(_SUFFIX.sub("", one.raw))
    before, after = text[max(0, one.start - 10) : one.start], text[bare : bare + 4]
    found = set()
    if _UPPER_BEFORE.search(before) or _UPPER_AFTER.search(after):
        found.add("upper")
    if _LOWER_BEFORE.search(before) or _LOWER_AFTER.search(after):
        found.add("lower")
    return found


def _value(one: Numeral) -> Decimal | str:
    return one.value if one.value is not None else one.raw


def _alike(left: str, right: str) -> bool:
    """日 and 天 and 个工作日 are not alike; 个工作日 and 工作日 are."""
    return left.removeprefix("个") == right.removeprefix("个")


def unknown_article(text: str, cited: Sequence[Passage], source: str) -> str:
    """The article or document in a sentence that is neither cited nor named in the source; what is wrong in Chinese, empty when none."""
    labels = {fold_label(passage.label) for passage in cited}
    named = {article_label(number) for match in _ARTICLE.finditer(source) if (number := to_number(match[1]))}
    for match in _ARTICLE.finditer(text):
        number = to_number(match[1])
        if number is None or article_label(number) not in labels | named:
            return f"“{match[0]}”不是所引的条文"
    for match in _DOCUMENT.finditer(text):
        if match[1] is None and match[0] not in source:
            return f"“{match[0]}”不在所引条文中"
        if match[1] is not None and not _same_title(match[1], cited) and match[1] not in source:
            return f"“{match[0]}”不是所引的文件"
    return ""


def _same_title(title: str, cited: Sequence[Passage]) -> bool:
    return title in {"条例", "政府信息公开条例", "中华人民共和国政府信息公开条例"} and any(
        passage.document == "regulation-711" for passage in cited
    )


def other_number(clause: str, nearest: str) -> bool:
    """Whether both clauses state a number of one kind and not the same."""
    ours, theirs = lex(clause), lex(nearest)
    kinds = {(one.kind, one.unit) for one in ours} & {(one.kind, one.unit) for one in theirs}
    return any(
        {_value(one) for one in ours if (one.kind, one.unit) == kind}.isdisjoint(
            {_value(one) for one in theirs if (one.kind, one.unit) == kind}
        )
        for kind in kinds
        if kind[0] not in {"idiom", "list", "name", "ordinal", "article"}
    )
