"""Numbers dealt out one by one to names told before them: 行政复议、行政诉讼分别为3件、2件."""

from __future__ import annotations

import re

from assistant.checks.claims.wording import wording
from assistant.expressions import regex
from assistant.text.claims import Mention, Prose
from assistant.text.normalise import squeeze

_DEALT = regex(
    r"(?P<names>.+[、和与及].+?)(?:的)?(?:[两二三四五六七八]类|各类)?(?P<noun>政府信息公开申请|申请|(?:行政)?规范性文件|(?:处理)?决定|答复|)(?:的)?(?:案件|件数|数量|总数|个数)?,?"
    r"(?:分别|依次|各自)(?P<verb>[^、,]{0,16}?)(?:为|是|有|达|达到|共|计|了)*$"
)
_DEALS = regex(r"(?:分别|依次|各自)[^、,]{0,16}$")
_REMARK = regex(r"\([^()]*\)")
_EACH = regex(
    r"(?P<names>.+[、和与及].+?)(?:的)?(?P<noun>政府信息公开申请|案件|申请|件数|决定|)(?:件数|数量|总数|数)?(?:各|(?:均|都)(?=为|是))(?:为|有|是|达)?$"
)
_EACH_MARK = regex("各|[均都][为是]")
_KINDS = frozenset({"类", "种", "项", "个", "方面"})
_JOINED = regex(r"[\s、,，和与及]{1,3}")


def name_dealt(text: str, prose: Prose, mention: Mention) -> str | None:
    """The name this number belongs to. None where nothing is dealt out; an empty string where names and numbers do not match up."""
    first = mention
    while first.index and not first.left.strip("和与及、") and _follows(text, prose.mentions[first.index - 1], first):
        first = prose.mentions[first.index - 1]
    left = with_kinds(text, prose, first)
    tries = (left, _clause_before(first) + left, _REMARK.sub("", _clause_of(first) + left))
    if not _DEALS.search(left):
        return None
    last = first
    while last.index + 1 < len(prose.mentions) and _follows(text, last, prose.mentions[last.index + 1]):
        last = prose.mentions[last.index + 1]
    place, count = mention.index - first.index, last.index - first.index + 1
    if recent := next((found for words in tries if (found := wording("recent_years").search(words))), None):
        return _of_recent(recent["what"] or recent["whose"], place, count)
    match = next((found for words in tries if (found := _DEALT.search(words))), None)
    if match is None:
        return None
    names = _of_years([name for name in re.split(r"[、和与]|以及|及", match["names"]) if name])
    if len(names) != count:
        return ""
    name = names[place]
    return (name if name.endswith(match["noun"]) else name + match["noun"]) + match["verb"]


def _of_years(names: list[str]) -> list[str]:
    """Names of which all but the last are years, with what the last says of each: 2022年、2023年新收申请."""
    years = [wording("year").match(name) for name in names]
    last = years[-1]
    if (
        last is None
        or len(names) < 2
        or any(year is None or year.end() < len(name) for year, name in zip(years[:-1], names[:-1], strict=True))
    ):
        return names
    return [year[0] + names[-1][last.end() :] for year in years if year]


def _of_recent(what: str, place: int, count: int) -> str:
    """What is told of the last years in turn, of which this and the last are known: 近两年，新收申请分别为68件和74件."""
    return f"{'本年' if place == count - 1 else '上年'}{what}" if place >= count - 2 else ""


def with_kinds(text: str, prose: Prose, first: Mention) -> str:
    """What leads up to the first number, a number of kinds included: 行政许可、行政处罚和行政强制三类决定依次为."""
    before = prose.mentions[first.index - 1] if first.index else None
    if before is None or before.numeral.unit not in _KINDS or squeeze(text[before.numeral.end : first.numeral.start]) != first.left:
        return first.left
    return before.left + before.numeral.raw + first.left


def _clause_before(mention: Mention) -> str:
    """The clause before: 作出予以公开、部分公开决定的，分别为3件、2件."""
    return re.split(r"[,;:。]", mention.lead[:-1])[-1] if mention.lead.endswith(",") else ""


def _clause_of(mention: Mention) -> str:
    """What stands before in the same clause, a remark in brackets included: 自然人和法人（或其他组织）分别提出."""
    return re.split(r"[,;:。]", mention.lead)[-1] if mention.lead.endswith(")") else ""


def names_of_each(left: str) -> tuple[str, ...]:
    """The names of which each has the number: 行政复议、行政诉讼各."""
    match = _EACH.search(left) if _EACH_MARK.search(left[-2:]) else None
    return tuple(name + match["noun"] for name in re.split(r"[、和与]|以及|及", match["names"]) if name) if match else ()


def _follows(text: str, one: Mention, two: Mention) -> bool:
    """Whether nothing but 、 or 和 stands between two numbers of one unit."""
    return one.numeral.unit == two.numeral.unit and bool(_JOINED.fullmatch(text[one.numeral.end : two.numeral.start]))
