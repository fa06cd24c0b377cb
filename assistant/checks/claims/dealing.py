"""Percentages dealt out one by one to the numbers before them: 收到74件、办结70件，分别增长5.7%、7.7%."""

from __future__ import annotations

import re

from assistant.checks.claims.narrative import Paragraph
from assistant.expressions import regex
from assistant.text.claims import Mention

_DEALS = regex(r"分别|依次|各自")
_BETWEEN = regex(r"[、,，和与及]?(?:约|增长|上升|增加|提高|下降|减少|降低|占)*")


def dealt_count(paragraph: Paragraph, mention: Mention) -> Mention | None:
    """The number that this percentage of a dealt-out run belongs to; None where nothing is dealt out or the two runs differ in length."""
    run = dealt_run(paragraph, mention)
    if not run:
        return None
    counts = paragraph.prose.mentions[max(run[0].index - len(run), 0) : run[0].index]
    if len(counts) != len(run) or any(m.numeral.kind != "count" or m.sentence != mention.sentence for m in counts):
        return None
    return counts[mention.index - run[0].index]


def dealt_run(paragraph: Paragraph, mention: Mention) -> list[Mention]:
    """The percentages that 分别 deals out, this one among them; empty where none are."""
    mentions = paragraph.prose.mentions
    first = mention.index
    while first and _joined(paragraph, mentions[first - 1], mentions[first]):
        first -= 1
    last = mention.index
    while last + 1 < len(mentions) and _joined(paragraph, mentions[last], mentions[last + 1]):
        last += 1
    run = list(mentions[first : last + 1])
    return run if len(run) > 1 and _DEALS.search(run[0].left) else []


def _joined(paragraph: Paragraph, one: Mention, two: Mention) -> bool:
    """Whether two percentages stand in one run."""
    if one.numeral.kind != "percent" or two.numeral.kind != "percent" or one.sentence != two.sentence:
        return False
    return bool(_BETWEEN.fullmatch("".join(paragraph.block.text[one.numeral.end : two.numeral.start].split())))


def dealt_name(run: list[Mention], mention: Mention) -> str | None:
    """What a percentage of a dealt-out run is told of, where names and no numbers stand before: 自然人、商业企业的申请分别占87.2%和7.9%. None
    where names and percentages do not match up."""
    names = [name for name in re.split(r"[、和与]|以及|及", _DEALS.split(run[0].left)[0]) if name]
    return names[mention.index - run[0].index] if len(names) == len(run) else None
