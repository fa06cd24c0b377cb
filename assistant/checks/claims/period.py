"""Which year a number of the narrative speaks of, and the numbers beside it that tell."""

from __future__ import annotations

from assistant.checks.claims.bound import Bound, Paragraph, Period
from assistant.checks.claims.lexicon import Lexicon
from assistant.checks.claims.subject import canonical
from assistant.checks.claims.wording import wording
from assistant.expressions import regex
from assistant.text.claims import Mention
from assistant.text.normalise import squeeze

_BROUGHT_THEN = regex(r"上年[^,;]{0,6}(?:结转|转入|转来|转接|遗留|留存|接转|顺延|未办结|跨年)")
_BROUGHT = regex(r"结转|转入|转来|转接|遗留|留存|接转|顺延|未办结|跨年")
_DATED = regex(r"^(?:上一?年|去年|20[0-9]{2}年)")
_THIS = regex(r"本年|今年|当年|20[0-9]{2}年")
_FROM = regex(r"[由从]$")
_TO = regex(r"(?:增|减|升|降|上升|下降|增加|减少|回落|攀升)[至到为]")
_CHANGE = regex(r"(?:增加|增长|减少|下降|上升|多|少|净增|回落|降低)(?:了|约|近)?$")


def earlier(paragraph: Paragraph, mention: Mention) -> Mention | None:
    """The number just before in the same sentence."""
    before = paragraph.prose.mentions[mention.index - 1] if mention.index else None
    return before if before and before.sentence == mention.sentence else None


def period_of(words: Lexicon, paragraph: Paragraph, mention: Mention, left: str, right: str) -> Period | None:
    if (
        words.last.search(left)
        or words.last.match(right.removeprefix("的"))
        or leads_to(paragraph, mention)
        or joined_last(paragraph, mention)
    ):
        return "last"
    if mention.year is None or paragraph.year is None or mention.year == paragraph.year:
        return "this"
    if mention.own_year:
        return "this" if _BROUGHT.search(left) else None
    lead = canonical(mention.lead, paragraph.year)
    if _BROUGHT_THEN.search(lead, max(lead.rfind("上年"), 0)):
        return "this"  # 加上2023年转入的34件，共需办理…: that year only says where the 34 came from
    return "either" if mention.year == paragraph.year - 1 else None


def period_named(words: Lexicon, paragraph: Paragraph, mention: Mention, name: str) -> Period | None:
    """The year of a number that is dealt out to a name, which may begin with a year of its own."""
    year = wording("year").match(name)
    if year is None or words.last.search(name):
        return period_of(words, paragraph, mention, name, "")
    return "this" if year[0].startswith("本年") else None


def leads_to(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether the number is what this year's is reached from: 由12件减至9件."""
    after = paragraph.prose.mentions[mention.index + 1 : mention.index + 2]
    return bool(after and _FROM.search(mention.left) and _TO.match(after[0].left) and next_to(paragraph, mention, after[0]))


def joined_last(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether 、 joins the number to one of last year, which dates both: 上年行政复议113件、行政诉讼42件."""
    before = bound_before(paragraph, mention)
    if before is None or before.period != "last" or not _DATED.search(before.mention.left) or _THIS.search(mention.left):
        return False
    between = squeeze(paragraph.block.text[before.mention.numeral.end : mention.numeral.start])
    return between == f"、{mention.left.removeprefix('、')}"


def rate_of(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether the number is told for each so many: 每100件办结申请中有55件."""
    before = earlier(paragraph, mention)
    return mention.left.endswith("每") or (before is not None and before.left.endswith("每"))


def next_to(paragraph: Paragraph, one: Mention, two: Mention) -> bool:
    """Whether nothing but the words around two numbers and a mark stands between them."""
    between = squeeze(paragraph.block.text[one.numeral.end : two.numeral.start])
    return len(between) <= len(one.right) + len(two.left) + 1


def bound_before(paragraph: Paragraph, mention: Mention) -> Bound | None:
    """The bound number just before in the same sentence."""
    found = paragraph.bound.get(mention.index - 1)
    return found if found and found.mention.sentence == mention.sentence else None


def compared(paragraph: Paragraph, mention: Mention) -> Bound | None:
    """The bound number that last year's stands beside, changes between the two left out: 284件，同比增长20.85%（2023年为235件）."""
    for other in reversed(paragraph.prose.mentions[: mention.index]):
        if other.sentence != mention.sentence:
            return None
        if other.index in paragraph.bound:
            return paragraph.bound[other.index]
        if other.numeral.kind != "percent" and not _CHANGE.search(other.left):
            return None
    return None
