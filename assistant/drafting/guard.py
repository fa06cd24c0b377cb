"""The guard over a model's sentences: no numeral outside a slot, no slot for another meaning, nothing that was not offered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.domain.facts import Fact
from assistant.domain.report import Report
from assistant.drafting.matching import coverage
from assistant.drafting.meaning import misused_slots
from assistant.drafting.slots import SLOT, fill, slot_names
from assistant.drafting.wording import wording
from assistant.errors import InvalidData
from assistant.text.numerals import all_numerals

_CALENDAR = frozenset({"本年", "上年", "下年", "本年数", "上年数", "下年数"})
_TITLE = re.compile(r"《([^《》]+)》")
_LATIN = re.compile(r"[A-Za-z]+")
_GAP = "◆"
_QUOTED = 0.5


class _File(Frozen):
    smuggled: tuple[str, ...]
    before_slot: str
    after_slot: str
    talk: tuple[str, ...]
    markup: tuple[str, ...]
    marketing: str
    other_year: str
    comparing: str
    direction: str
    fee_charged: str
    up: str
    down: str
    max_sentence: int


@dataclass(frozen=True)
class _Patterns:
    smuggled: re.Pattern[str]
    before_slot: re.Pattern[str]
    after_slot: re.Pattern[str]
    talk: re.Pattern[str]
    markup: re.Pattern[str]
    marketing: re.Pattern[str]
    other_year: re.Pattern[str]
    comparing: re.Pattern[str]
    direction: re.Pattern[str]
    fee_charged: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    max_sentence: int


@cache
def _patterns() -> _Patterns:
    data = load_data("assistant.drafting", "data/guard.yaml", _File)
    try:
        joined = {name: re.compile("|".join(f"(?:{p})" for p in getattr(data, name))) for name in ("smuggled", "talk", "markup")}
        single = {
            name: re.compile(getattr(data, name))
            for name in ("before_slot", "after_slot", "marketing", "other_year", "comparing", "direction", "fee_charged", "up", "down")
        }
        return _Patterns(**joined, **single, max_sentence=data.max_sentence)
    except re.error as error:
        raise InvalidData(f"数据文件 guard.yaml 不符合要求：{error}") from error


@dataclass(frozen=True)
class Offer:
    """What was offered to the model: facts by slot name, source ids, the texts it may quote (last year's, answers, passages), this year's report,
    and for every opaque slot the clauses in which it stood."""

    facts: Mapping[str, Fact]
    sources: frozenset[str]
    quotable: str
    this: Report
    section: str = "overview"
    quotes: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Objection:
    """Why a sentence may not stand: a finding code and the reason in Chinese."""

    code: str
    reason: str


def objections(template: str, sources: tuple[str, ...], offer: Offer) -> tuple[Objection, ...]:
    """All reasons against a sentence; an empty tuple lets it pass."""
    found = [*_form(template), *_numbers(template, offer), *_sources(sources, offer), *_claims(template, offer)]
    found += [Objection("G009", reason) for reason in misused_slots(template, offer.facts)]
    found += _directions(template, offer)
    return tuple(dict.fromkeys(found))


def _form(template: str) -> list[Objection]:
    known = _patterns()
    bare = SLOT.sub(_GAP, template)
    found = []
    if not bare.strip() or len(bare) > known.max_sentence:
        found.append(Objection("G001", "句子为空或过长"))
    if "{" in bare or "}" in bare or _GAP in template:
        found.append(Objection("G002", "占位写得不对"))
    if any(unicodedata.category(char) in ("Cf", "Cc", "Co", "Cs", "Cn") for char in template):
        found.append(Objection("G001", "含有看不见的字符"))
    for pattern, reason in (
        (known.markup, "含有标记符号、网址或项目符号"),
        (known.talk, "含有与报告无关的话"),
        (known.marketing, "含有宣传性说法"),
    ):
        if match := pattern.search(bare):
            found.append(Objection("G001", f"{reason}“{match.group()}”"))
    return found


def _numbers(template: str, offer: Offer) -> list[Objection]:
    known = _patterns()
    bare = SLOT.sub(_GAP, template)
    found = [Objection("G001", f"占位之外出现了数字“{numeral.raw}”") for numeral in all_numerals(bare)]
    found += [
        Objection("G001", f"占位之外出现了数字字符“{char}”")
        for char in bare
        if unicodedata.category(char) in ("Nd", "Nl", "No") and char != "〇"
    ]
    found += [Objection("G011", f"用文字表示数量“{match.group()}”") for match in known.smuggled.finditer(bare)]
    filled = fill(template, offer.facts)
    found += [Objection("G002", f"没有名为“{name}”的事实") for name in filled.unknown]
    found += [Objection("G004", f"“{name}”后面的单位“{unit}”不对") for name, unit in filled.wrong_units]
    for match in SLOT.finditer(template):
        before, after = template[max(0, match.start() - 6) : match.start()], template[match.end() : match.end() + 6]
        calendar = match.group(1) in _CALENDAR
        if not calendar and (hit := known.before_slot.search(before)):
            found.append(Objection("G001", f"占位前面的“{hit.group()}”改变了数字"))
        if not calendar and (hit := known.after_slot.search(after)):
            found.append(Objection("G001", f"占位后面的“{hit.group()}”改变了数字"))
        clauses = offer.quotes.get(match.group(1))
        if clauses is not None and not any(coverage(SLOT.sub("", clause), SLOT.sub("", template)) >= _QUOTED for clause in clauses):
            found.append(Objection("G009", f"“{match.group(1)}”是原文中的内容，用在了别处"))
        if before.endswith("}}") and not calendar:
            found.append(Objection("G001", "两个占位连在一起"))
    return found


def _sources(sources: tuple[str, ...], offer: Offer) -> list[Objection]:
    return [Objection("G007", f"引用了没有提供的依据“{source}”") for source in sources if source not in offer.sources]


def _claims(template: str, offer: Offer) -> list[Objection]:
    """Documents, expressions of the day, honours and results that nothing offered bears out; values of another year."""
    known, words = _patterns(), wording()
    bare = SLOT.sub(_GAP, template)
    found = [Objection("G006", f"提到了没有提供的文件《{title}》") for title in _TITLE.findall(bare) if title not in offer.quotable]
    found += [Objection("G006", f"出现了依据中没有的字母词“{word}”") for word in _LATIN.findall(bare) if word not in offer.quotable]
    for pattern, reason in (
        (words.political, "政治表述不得自拟"),
        (words.dated_events, "荣誉或一次性事项没有依据"),
        (words.superseded, "引用的文件已失效"),
    ):
        found += [
            Objection("G006", f"{reason}：“{match.group()}”") for match in pattern.finditer(bare) if match.group() not in offer.quotable
        ]
    for row in words.depends:
        if row.claimed_in(bare) and any(offer.this.value(cell) != 0 for cell in row.zero):
            found.append(Objection("G005", f"说法与表格不符：{row.reason}"))
    if words.no_fee.search(bare) and "费" in bare and not _is_zero(offer.facts.get("信息处理费金额")):
        found.append(Objection("G005", "是否收取信息处理费须以本年数据为准"))
    elif (
        known.fee_charged.search(bare)
        and not words.no_fee.search(bare)
        and not (offer.facts.get("信息处理费金额") and not _is_zero(offer.facts["信息处理费金额"]))
    ):
        found.append(Objection("G005", "本年没有收取信息处理费的数据"))
    values = [name for name in slot_names(template) if name not in _CALENDAR]
    if values and offer.section != "problems" and _speaks_of_other_year(template, known):
        found.append(Objection("G003", "把本年的数字写成了其他年份的数字"))
    return found


def _is_zero(fact: Fact | None) -> bool:
    return fact is not None and fact.value == 0


def _speaks_of_other_year(template: str, known: _Patterns) -> bool:
    """Whether the sentence tells its values of another year: `{{上年}}收到…` or `去年收到…`, outside a comparison."""
    for match in re.finditer(r"\{\{(?:上年|下年)数?\}\}|" + known.other_year.pattern, template):
        before, after = template[max(0, match.start() - 4) : match.start()], template[match.end() : match.end() + 4]
        compares = known.comparing.search(before) or known.comparing.search(after) or after.startswith("度继续")
        if not compares and "结转" not in before + after:
            return True
    return False


def _directions(template: str, offer: Offer) -> list[Objection]:
    """Direction words outside slots must agree with the last value told before them; a comparison with last year without any value is unsupported."""
    known = _patterns()
    found = []
    for match in known.direction.finditer(template):
        word = match.group("a") or match.group("b")
        said = "up" if known.up.fullmatch(word) else "down" if known.down.fullmatch(word) else "same"
        before = [offer.facts[name] for name in slot_names(template[: match.start()]) if name in offer.facts and name not in _CALENDAR]
        fact = next((fact for fact in reversed(before) if fact.direction is not None), None)
        if fact is None and slot_names(template[match.end() : match.end() + 40])[:1]:
            fact = offer.facts.get(slot_names(template[match.end() : match.end() + 40])[0])
        if fact is None or fact.direction is None:
            if match.group("a"):
                found.append(Objection("G005", f"增减说法“{match.group()}”没有数据支持"))
        elif fact.direction != said:
            found.append(Objection("G005", f"增减说法“{match.group()}”与“{fact.name}”的数据不符"))
    return found
