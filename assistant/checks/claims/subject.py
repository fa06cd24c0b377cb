"""What a passage speaks of: its subject, whether another matter or another unit is meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.checks.claims.lexicon import BARE, DISPUTES, OTHER, Lexicon, Measure
from assistant.expressions import regex

_UNIT = regex(
    r"(?:^|[,、])([\u4e00-\u9fff]{2,16}?(?:局|委|厅|办公室|街道|公司|管委会|镇|乡|县|区))(?=(?:本级)?(?:上年|全年|本年|共|累计|新收|收到|受理|接收|办理|答复|办结|制发|制定|作出))"
)
_QUOTES = str.maketrans("", "", "“”\"‘’'")
_LAST_YEAR = regex("上一年度?|上年度|去年度")
_TURNED = regex("转结(?=[下至到转件0-9]|$)")
_CLAUSE = regex("[,;:]")
_GENERIC = regex(r"^(?:我|本|全|各|该|市各|区各|县各|[0-9]+年)|各|全[市县区省州]|我[市县区局委镇乡省州]")


@lru_cache(maxsize=8192)
def canonical(text: str, year: int | None) -> str:
    """The numbers of this, last and next year as words and no quotes, so that the lexicon need know neither the year nor which names are quoted."""
    text = text.translate(_QUOTES)
    if "一年" in text or "年度" in text:
        text = _LAST_YEAR.sub("上年", text)
    if "转结" in text:
        text = _TURNED.sub("结转", text)
    if year is None:
        return text
    text = re.sub(rf"(?<![0-9]){year}年度?", "本年", text)
    text = re.sub(rf"{year - 1}年度?", "上年", text)
    return re.sub(rf"{year + 1}年度?", "下年", text)


@lru_cache(maxsize=4096)
def foreign(words: Lexicon, lead: str, left: str, right: str) -> bool:
    """Whether the nearest word that names the subject names another one."""
    before = lead + left
    last = None
    for match in words.foreign.finditer(before):
        last = match
    if last is None:
        return bool(words.foreign.match(right))
    return not any(
        match.lastgroup != BARE or _CLAUSE.search(before, last.end(), match.start()) for match in words.domain.finditer(before, last.end())
    ) and not words.domain.match(right)


class Subject(NamedTuple):
    """The domains named next to a number, and the one that holds: the last before it, else the first after it, else from earlier on."""

    near: frozenset[str]
    holds: str | None

    def suits(self, measure: Measure) -> bool:
        """Whether a measure may be meant here: words that belong to one domain alone need only not stand beside another."""
        if self.holds == OTHER:
            return False
        if "disputes" in measure.domain:
            return self.holds in DISPUTES
        if "any" in measure.domain and (self.holds in (None, "applications") or self.holds not in self.near):
            return True
        return self.holds in measure.domain or bool(self.near.intersection(measure.domain))


@lru_cache(maxsize=4096)
def subject_of(words: Lexicon, left: str, right: str, lead: str) -> Subject:
    """The subject of a number from the words before it, after it and earlier in the sentence."""
    near, after, earlier = ([name for name, _ in words.domains(text)] for text in (left, right[:16], lead))
    holds = near[-1] if near else after[0] if after else earlier[-1] if earlier else None
    return Subject(frozenset([*near, *after]), holds)


def other_unit(unit: str | None, clause: str) -> bool:
    """Whether the clause names an organ that is not the reporting one."""
    if not unit:
        return False
    for match in _UNIT.finditer(clause):
        name = re.sub(r"^(?:上年|20[0-9]{2}年)", "", match.group(1))
        if not _GENERIC.search(name) and unit not in name and not _short_for(name, unit) and not unit.endswith(name[1:]):
            return True
    return False


def _short_for(name: str, unit: str) -> bool:
    """Whether the name is the unit's with characters left out: 宣州区医保局 for 宣州区医疗保障局, 凉山州审计局 for 凉山彝族自治州审计局."""
    rest = iter(unit)
    return all(char in rest for char in name)
