"""The fact book of a year: every quantity that is known, with its passport, and the names of those missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assistant.domain.cell import Carried, Computed, Counted, Imported, Typed, plain
from assistant.domain.facts import NO_FACTS, AskedFact, ChangeQuestion, Expression, Fact, FactBook, FactsForm, GivenFact, GivenFacts
from assistant.domain.report import Report
from assistant.drafting.binding import evaluate, formula
from assistant.drafting.facts_file import match_given
from assistant.drafting.naming import describe, slot_name, surroundings
from assistant.drafting.quantities import quantities_of
from assistant.drafting.slots import asked_text, percent, round_to, value_text
from assistant.drafting.standard import parse_reading, standard_facts
from assistant.forms import load_form
from assistant.text.sentences import split_sentences

UP = {"增长", "增加", "上升", "提高", "提升"}
FEE_FACTS = ("信息处理费件数", "信息处理费金额")
_LARGE_RATIO = Decimal(5)
_LARGE_STEP = Decimal(20)


def resolve_facts(form: FactsForm, this: Report, previous: Report | None, given: GivenFacts = NO_FACTS) -> FactBook:
    """This year's value of every fact: from the tables of `this`, from what was given, or by arithmetic over those. A fact whose value is not
    known is listed as missing and has no text."""
    answered, extra = match_given(form, given)
    facts: dict[str, Fact] = {fact.name: fact for fact in _calendar(form.year)}
    for asked in form.asked:
        if asked.binding in ("cells", "given", "constant") and asked.name not in facts:
            found = _from_cells(asked, this) if asked.expression else _from_clerk(asked, answered.get(asked.name), given)
            if found:
                facts[asked.name] = found
    for fact in (*_standard(this, previous), *(_extra(one, given) for one in extra)):
        if fact is not None and fact.name not in facts:
            facts[fact.name] = fact
    for fact in _told_in_answers(given, facts):
        facts.setdefault(fact.name, fact)
    for asked in form.asked:
        if asked.binding in ("growth", "share") and asked.name not in facts and (found := _derived(asked, facts, this, previous)):
            facts[asked.name] = found
    missing = {asked.name: asked for asked in form.asked if asked.name not in facts}
    if (amount := facts.get(FEE_FACTS[1])) and amount.value == 0:
        missing.pop(FEE_FACTS[0], None)
    return FactBook(
        year=form.year,
        facts=tuple(facts.values()),
        missing=tuple(missing.values()),
        unmatched=extra,
        answers=given.answers,
        told=given.told,
    )


def change_questions(this: Report, previous: Report) -> tuple[ChangeQuestion, ...]:
    """One question for every total or decision count that changed at least fivefold and by 20 or more: a reader will ask."""
    names = load_form(this.edition).names
    watched = [cell for cell in names if cell.startswith("t2.") or cell.endswith(".total")]
    found = []
    for cell in watched:
        last, now = previous.value(cell), this.value(cell)
        if last is None or now is None or abs(now - last) < _LARGE_STEP:
            continue
        low, high = sorted((last, now))
        if low <= 0 or high / low >= _LARGE_RATIO:
            found.append(ChangeQuestion(key=cell, what=names[cell], last=last, this=now))
    return tuple(sorted(found, key=lambda question: -abs(question.this - question.last)))


def _calendar(year: int) -> Iterator[Fact]:
    for name, value in (("本年", year), ("上年", year - 1), ("下年", year + 1)):
        yield Fact(
            name=f"{name}数", what=f"{name}年份", unit="", value=Decimal(value), text=str(value), source="报告年份", binding="constant"
        )
        yield Fact(name=name, what=f"{name}年份", unit="年", value=Decimal(value), text=f"{value}年", source="报告年份", binding="constant")


def _from_cells(asked: AskedFact, this: Report) -> Fact | None:
    assert asked.expression is not None
    value = evaluate(asked.expression, this)
    return (
        None if value is None else _cell_fact(asked.name, asked.what, asked.unit, value, asked.last, asked.expression, this, asked.section)
    )


def _cell_fact(
    name: str, what: str, unit: str, value: Decimal, last: Decimal | None, expression: Expression, this: Report, section: str
) -> Fact:
    cells = expression.plus + expression.minus
    return Fact(
        name=name,
        what=what,
        unit=unit,
        value=value,
        text=f"{plain(value)}{unit}",
        last=last,
        source=_cells_source(cells, this),
        formula=formula(expression, load_form(this.edition).names),
        cells=cells,
        binding="cells",
        section=section,
    )


def _cells_source(cells: tuple[str, ...], this: Report) -> str:
    kinds = {Typed: "手工填写", Computed: "按勾稽关系计算", Imported: "自文件读入", Carried: "自上年报告结转", Counted: "自台账统计"}
    said = dict.fromkeys(kinds[type(cell.provenance)] for name in cells if (cell := this.cell(name)).provenance is not None)
    return "、".join(said) or "本年表格"


def _from_clerk(asked: AskedFact, given: GivenFact | None, told: GivenFacts) -> Fact | None:
    if asked.binding == "constant" and asked.last is not None:
        return Fact(
            name=asked.name,
            what=asked.what,
            unit=asked.unit,
            value=asked.last,
            text=asked.printed,
            last=asked.last,
            source="固定表述，沿用上年",
            binding="constant",
            section=asked.section,
        )
    if given is None or given.value is None:
        return None
    value = _in_single_units(given, asked.unit)
    return Fact(
        name=asked.name,
        what=asked.what,
        unit=asked.unit,
        value=value,
        text=asked_text(value, asked),
        last=asked.last,
        source=_typed_by(given, told),
        section=asked.section,
    )


def _typed_by(given: GivenFact, told: GivenFacts) -> str:
    signed = told.signed(given.name)
    return f"填报人填写{f'（{signed}）' if signed else ''}：{given.name}"


def _in_single_units(given: GivenFact, unit: str) -> Decimal:
    """The given value in the unit asked for: 14 with `万条` is 140,000 条; 1.2 with `万元` where 元 is asked is 12,000."""
    assert given.value is not None
    for mark, factor in (("万", 10_000), ("亿", 100_000_000)):
        if given.unit.startswith(mark) and not unit.startswith(mark):
            return given.value * factor
        if unit.startswith(mark) and given.unit and not given.unit.startswith(mark):
            return given.value / factor
    return given.value


def _standard(this: Report, previous: Report | None) -> Iterator[Fact]:
    for standard in standard_facts():
        expression = parse_reading(standard.readings[0])
        value = evaluate(expression, this)
        if value is not None:
            last = evaluate(expression, previous) if previous else None
            yield _cell_fact(standard.name, standard.what, standard.unit, value, last, expression, this, standard.section)


def _extra(given: GivenFact, told: GivenFacts) -> Fact | None:
    if given.value is None:
        return None
    return Fact(
        name=given.name,
        what=given.what or given.name,
        unit=given.unit,
        value=given.value,
        text=value_text(given.value, given.unit),
        source=_typed_by(given, told),
        is_new=True,
    )


def _told_in_answers(given: GivenFacts, taken: Mapping[str, Fact]) -> Iterator[Fact]:
    """The numbers in the clerk's own answers: their source is the answer."""
    names, book = set(taken), FactBook(year=0, told=given.told)
    for key, text in given.answers:
        for sentence in split_sentences(text):
            for quantity in quantities_of(sentence.text):
                if quantity.fixed or quantity.value is None:
                    continue
                what = describe(surroundings(sentence.text, quantity.start, quantity.end), "", "")
                name = slot_name("回答" + what, names)
                names.add(name)
                printed = sentence.text[quantity.start : quantity.end]
                yield Fact(
                    name=name,
                    what=what,
                    unit=quantity.unit,
                    value=quantity.value,
                    text=printed,
                    source=book.answered(key),
                    section="problems",
                )


def _derived(asked: AskedFact, facts: Mapping[str, Fact], this: Report, previous: Report | None) -> Fact | None:
    """Growth against last year, or a share, from facts that are known."""
    if asked.of == ("办结申请", "应办申请"):
        part, whole = this.value("t3.processed.total"), this.value("t3.processed.total")
        open_cases = this.value("t3.carried_out.total")
        if part is None or whole is None or open_cases is None:
            return None
        return _share(asked, part, whole + open_cases, "办结÷（办结＋结转下年度）", ("t3.processed.total", "t3.carried_out.total"))
    base = facts.get(asked.of[0])
    if base is None or base.value is None:
        return None
    if asked.binding == "growth":
        return _growth(asked, base, base.value, base.last)
    whole_fact = facts.get(asked.of[1])
    if whole_fact is None or whole_fact.value is None:
        return None
    return _share(asked, base.value, whole_fact.value, f"{base.what}÷{whole_fact.what}", base.cells + whole_fact.cells)


def _share(asked: AskedFact, part: Decimal, whole: Decimal, said: str, cells: tuple[str, ...]) -> Fact | None:
    value = percent(part, whole, max(asked.decimals, 0 if part == whole else asked.decimals))
    if value is None:
        return None
    return Fact(
        name=asked.name,
        what=asked.what,
        unit="%",
        value=value,
        text=f"{plain(value)}%",
        last=asked.last,
        source="按本年数据计算",
        formula=said,
        cells=cells,
        binding="share",
        section=asked.section,
    )


def _growth(asked: AskedFact, base: Fact, now: Decimal, last: Decimal | None) -> Fact | None:
    if last is None or (asked.unit == "%" and last == 0):
        return None
    difference = now - last
    text = growth_text(now, last, asked.decimals) if asked.unit == "%" else _step_text(difference, asked.unit)
    return Fact(
        name=asked.name,
        what=asked.what,
        unit=asked.unit,
        value=difference if asked.unit != "%" else difference * 100 / last,
        text=text,
        source="按两年数据计算",
        formula=f"（本年{plain(now)}－上年{plain(last)}）" + ("÷上年" if asked.unit == "%" else ""),
        cells=base.cells,
        binding="growth",
        section=asked.section,
    )


def growth_text(now: Decimal, last: Decimal, decimals: int) -> str:
    """`增长1.08%`, `下降3.2%`, `持平`; at least as many decimals as it takes not to print zero for a change."""
    if now == last:
        return "持平"
    rate = abs(now - last) * 100 / last
    while round_to(rate, decimals) == 0 and decimals < 4:
        decimals += 1
    return f"{'增长' if now > last else '下降'}{plain(round_to(rate, decimals))}%"


def _step_text(difference: Decimal, unit: str) -> str:
    return "持平" if difference == 0 else f"{'增加' if difference > 0 else '减少'}{plain(abs(difference))}{unit}"
