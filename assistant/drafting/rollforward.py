"""One sentence of last year, rolled forward by code: kept, refilled, to be rewritten, or no longer true."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.domain.draft import Colour, DraftSentence
from assistant.domain.facts import AskedFact, FactBook
from assistant.domain.report import Report
from assistant.drafting.cuts import cut_for, title_in_list
from assistant.drafting.matching import shared_words
from assistant.drafting.slots import fill, slot, slot_names
from assistant.drafting.standard import MARK
from assistant.drafting.wording import Depends, wording
from assistant.drafting.years import Edit, read_years

_GROWTH_ONLY = re.compile(
    r"(?:同比|[较比](?:上年|去年|上一年|\d{4}年)(?:度|同期)?|与(?:上年|去年|上一年|\d{4}年)(?:度|同期)?相比)[^，。；\d]{0,10}?"
    r"(?P<move>(?:略有|有所|大幅|明显|显著|小幅)?(?P<word>增长|增加|上升|提高|下降|减少|降低|持平))(?![\d一二三四五六七八九十百])"
)
_NOTHING_LEFT = re.compile(r"[一-龥]{4}")
_DIRECTION_WORDS = {"增长": "up", "增加": "up", "上升": "up", "提高": "up", "下降": "down", "减少": "down", "降低": "down", "持平": "same"}


@dataclass
class _Work:
    """The sentence being worked on: edits to make, stretches to cut, why, and what is missing."""

    edits: list[Edit] = field(default_factory=list)
    cuts: list[tuple[int, int]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    attention: bool = False
    is_gone: bool = False

    def go(self, reason: str) -> None:
        """The sentence no longer holds."""
        self.is_gone = True
        self.reasons.append(reason)

    def cut(self, sentence: str, start: int, end: int, reason: str) -> None:
        """Takes out what surrounds `start`–`end`, or the whole sentence when it cannot be parted."""
        span = cut_for(sentence, start, end)
        if span is None:
            self.go(reason)
        else:
            self.cuts.append(span)
            self.reasons.append(reason)
            self.attention = True


def roll_sentence(
    sentence: str, *, section: str, block: str, asked: tuple[AskedFact, ...], offset: int, book: FactBook, this: Report
) -> DraftSentence:
    """`sentence` stood in `block` of last year's report at `offset`; `asked` are the numbers in it. No value and no year of last year survives:
    what cannot be refilled from `book` is cut out or goes with the sentence, and is named in `missing`."""
    work = _Work()
    _weigh_years(work, sentence, book.year - 1)
    _weigh_numbers(work, sentence, asked, offset, book)
    _weigh_wording(work, sentence, this, book, asked, offset)
    if work.is_gone:
        return _sentence(section, block, sentence, "", "gone", work, book)
    template = _apply(sentence, work)
    if work.cuts and not _NOTHING_LEFT.search(template):
        work.go("其余内容已不能单独成句")
        return _sentence(section, block, sentence, "", "gone", work, book)
    colour: Colour = "rewrite" if work.attention else "refill" if work.edits else "keep"
    return _sentence(section, block, sentence, template, colour, work, book)


def _sentence(section: str, block: str, last: str, template: str, colour: Colour, work: _Work, book: FactBook) -> DraftSentence:
    default = {"keep": "没有数字和年份，沿用上年表述", "refill": "数字、年份已按本年数据更新"}.get(colour, "")
    return DraftSentence(
        section=section,
        block=block,
        text=fill(template, book.by_name).text,
        template=template,
        colour=colour,
        reason="；".join(dict.fromkeys(work.reasons)) or default,
        last_text=last,
        last_block=block,
        facts=tuple(dict.fromkeys(slot_names(template))),
        missing=tuple(dict.fromkeys(work.missing)),
        passages=(f"last:{block}",),
        attention=work.attention,
    )


def _weigh_years(work: _Work, sentence: str, last_year: int) -> None:
    years = read_years(sentence, last_year)
    work.edits.extend(years.edits)
    for event in years.events:
        work.go(f"这是上年的具体事项（{event}），本年是否仍需写明请填报人确定")
    for start, end in years.titles:
        reason = f"引用的{sentence[start:end]}是上年的文件，请核对本年对应的文件"
        if span := title_in_list(sentence, start, end):
            work.cuts.append(span)
            work.reasons.append(reason)
            work.attention = True
        else:
            work.cut(sentence, start, end, reason)


def _weigh_numbers(work: _Work, sentence: str, asked: tuple[AskedFact, ...], offset: int, book: FactBook) -> None:
    missing = [fact for fact in asked if fact.name not in book.by_name]
    work.edits.extend(Edit(fact.start - offset, fact.end - offset, slot(fact.name)) for fact in asked if fact.name in book.by_name)
    work.missing.extend(fact.name for fact in missing)
    for fact in asked:
        known = book.by_name.get(fact.name)
        if (
            known
            and known.value == 0
            and fact.last
            and fact.name == "结转下年申请"
            and (span := _clause_span(sentence, fact.start - offset, fact.end - offset))
        ):
            work.cuts.append(span)
            work.reasons.append("本年没有结转下年度的申请")
    if any(fact.binding != "constant" for fact in asked) and (match := wording().sweeping.search(sentence)):
        work.attention = True
        work.reasons.append(f"“{match.group()}”的说法本年是否仍然成立，请核对")
    if missing:
        reason = f"缺少本年数据：{'、'.join(fact.what for fact in missing[:3])}" + (f"等{len(missing)}项" if len(missing) > 3 else "")
        for fact in missing:
            work.cut(sentence, fact.start - offset, fact.end - offset, reason)


def _with_marks(sentence: str, asked: tuple[AskedFact, ...], offset: int) -> str:
    """The sentence with `◆` for every number, same length, so that words can be told from words with a number."""
    for fact in asked:
        start, end = fact.start - offset, fact.end - offset
        sentence = sentence[:start] + MARK * (end - start) + sentence[end:]
    return sentence


def _weigh_wording(work: _Work, sentence: str, this: Report, book: FactBook, asked: tuple[AskedFact, ...], offset: int) -> None:
    known = wording()
    if known.superseded.search(sentence):
        work.go("引用的文件已失效或已被替代")
    if known.no_fee.search(sentence) and "信息处理费" in sentence.replace("信息公开处理费", "信息处理费"):
        work.go("是否收取信息处理费按本年数据另写")
    if known.dated_events.search(sentence):
        work.go("这是上年的一次性事项或荣誉，本年情况请填报人填写")
    marked = _with_marks(sentence, asked, offset)
    for row in known.depends:
        if row.claimed_in(marked):
            _weigh_claim(work, sentence, row, this)
    if match := known.political.search(sentence):
        work.attention = True
        work.reasons.append(f"含有政治表述“{match.group()}”，请填报人按本年口径核定")
    _weigh_directions(work, sentence, asked, book)


def _weigh_claim(work: _Work, sentence: str, row: Depends, this: Report) -> None:
    values = [this.value(cell) for cell in row.zero]
    match = row.words.search(sentence)
    assert match is not None
    if any(value for value in values):
        span = _clause_span(sentence, match.start(), match.end())
        if span is None:
            work.go(row.reason)
        else:
            work.cuts.append(span)
            work.reasons.append(row.reason)
            work.attention = True
    elif None in values:
        work.attention = True
        work.reasons.append(f"“{match.group()}”是否成立，表格尚无数据可以核对")


def _clause_span(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The clause around a claim with the comma before it, when it is not the first of its sentence."""
    left = max(sentence.rfind(mark, 0, start) for mark in "，；")
    right = min((place for mark in "，；。" if (place := sentence.find(mark, end)) >= 0), default=len(sentence))
    return (left, right) if left > 0 else None


def _weigh_directions(work: _Work, sentence: str, asked: tuple[AskedFact, ...], book: FactBook) -> None:
    """A direction told without a figure (`同比有所增长`) must agree with the number it speaks of."""
    for match in _GROWTH_ONLY.finditer(sentence):
        before = [fact for fact in asked if fact.binding in ("cells", "given") and fact.unit != "%"]
        clause = sentence[max(sentence.rfind(mark, 0, match.start()) for mark in "，；。") + 1 : match.start()]
        meant = max(reversed(before), key=lambda fact: shared_words(fact.what, clause), default=None)
        fact = book.by_name.get(meant.name) if meant else None
        if fact is None or fact.direction is None:
            work.cut(sentence, match.start(), match.end(), "增减情况没有数据可以核对")
        elif fact.direction != _DIRECTION_WORDS[match.group("word")]:
            said = {"up": "增加", "down": "减少", "same": "持平"}[fact.direction]
            work.edits.append(Edit(match.start("move"), match.end(), said))
            work.reasons.append(f"增减方向按本年数据改为“{said}”")


def _apply(sentence: str, work: _Work) -> str:
    """The sentence with stretches cut out and edits made, from the end so that places stay true."""
    cuts = _merged(work.cuts)
    edits = [edit for edit in work.edits if not any(start <= edit.start < end for start, end in cuts)]
    changes = sorted([*edits, *(Edit(start, end, "") for start, end in cuts)], key=lambda edit: -edit.start)
    for edit in changes:
        sentence = sentence[: edit.start] + edit.new + sentence[edit.end :]
    return re.sub(r"^[，、；]+|[，、；：](?=[。！？]?$)", "", re.sub(r"([，、；：])[，、；]+", r"\1", sentence))


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(cuts)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
