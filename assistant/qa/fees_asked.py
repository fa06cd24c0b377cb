"""Fee questions: how many items or pages, in which months, and what they cost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.finding import Basis
from assistant.qa.triggers import says, triggers
from assistant.retrieval.labels import to_number
from assistant.statute.fees import Fee, fee_by_items, fee_by_pages
from assistant.text.numerals import Numeral, lex

_MONTH = re.compile(r"(?<!个)(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?!内|里)")
_OTHER = re.compile(r"[月人]|小时|工作日|申请人")  # `两个月` counts no applications
_RATE = re.compile(r"(?:每|/)$")
_ABOUT = re.compile(
    r"(?:(?:大?约|近|将近|差不多|超过|不到)\d+|\d+(?:多|余|来|几))(?:个|份|件)?[件份次条起封页张面]|\d+[件份次页张](?:左右|上下|以上|以下|开外|出头)"
)


@dataclass(frozen=True)
class FeeResult:
    """The amounts in words, the steps, and the articles."""

    values: tuple[str, ...]
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


def work_out_fee(question: str) -> FeeResult | None:
    """The fee that a question with quantities asks for; None when it asks for none."""
    signs = triggers().fee
    if not says(signs.wants, question):
        return None
    if single := _band(question) or _marginal(question):
        return single
    pages = _quantities(question, signs.pages)
    items = _quantities(question, signs.items) if says(signs.items_context, question) else []
    if not pages and not items:
        return None
    parts = [(count, "", fee_by_pages(count)) for count in pages]
    if items and not (pages and max(items) <= 1):
        parts += _by_month(question, items)
    values = tuple(f"{month}{count}{'页' if fee.measure == 'pages' else '件'}：{fee.yuan}元" for count, month, fee in parts)
    if persons := _persons(question, items):
        values = (*(f"每人{value}" for value in values), f"{persons}人合计{persons * sum(fee.yuan for _, _, fee in parts)}元")
    elif len(parts) == 2 and says(signs.difference, question):
        values += (f"相差{abs(parts[0][2].yuan - parts[1][2].yuan)}元",)
    elif len(parts) > 1 and len({fee.measure for _, _, fee in parts}) == 1:
        values += (f"合计{sum(fee.yuan for _, _, fee in parts)}元",)
    steps = tuple(f"{month}{step}" for _, month, fee in parts for step in fee.steps)
    if about := _ABOUT.search(question):
        steps = (f"“{about[0]}”不是确数，按所写的数计算；收费以实际数量为准。", *steps)
    return FeeResult(values, steps, tuple(dict.fromkeys(basis for _, _, fee in parts for basis in fee.basis)))


def _quantities(question: str, units: tuple[str, ...]) -> list[int]:
    found = [
        numeral
        for numeral in lex(question)
        if _counts(numeral, units) and not _OTHER.match(question[numeral.end :]) and not _RATE.search(question[: numeral.start])
    ]
    values = [int(numeral.value) for numeral in found if numeral.value is not None]
    return [value for value in values if value > 1] or values[:1]


def _counts(numeral: Numeral, units: tuple[str, ...]) -> bool:
    return numeral.kind == "count" and numeral.value is not None and numeral.value == int(numeral.value) and numeral.unit in units


def _by_month(question: str, items: list[int]) -> list[tuple[int, str, Fee]]:
    """Items of several months are counted apart; several counts without months belong to one month."""
    months = [match["month"] for match in _MONTH.finditer(question)]
    if len(items) > 1 and len(months) == len(items):
        return [(count, f"{month}月", fee_by_items(count)) for count, month in zip(items, months, strict=True)]
    if len(items) > 1 and says(f"{triggers().fee.each}|{triggers().fee.other_month}|{triggers().fee.difference}", question):
        return [(count, "", fee_by_items(count)) for count in items]
    total = sum(items) if len(items) > 1 and says("又|再|加上|还", question) else max(items)
    return [(total, "", fee_by_items(total))]


def _persons(question: str, items: list[int]) -> int:
    """How many applicants handed in the same count each; 0 when the question does not say. Every applicant is counted apart."""
    found = re.search(triggers().fee.persons, question) if len(items) == 1 else None
    return (to_number(found["number"]) or 0) if found else 0


def _band(question: str) -> FeeResult | None:
    """The rate of a band: `41件到50件每件多少`."""
    found = re.search(triggers().fee.band, question)
    first, last = (to_number(found["first"]), to_number(found["last"])) if found else (None, None)
    if not found or not first or not last or first >= last:
        return None
    by, unit = (fee_by_pages, "页") if found["unit"] in "页张" else (fee_by_items, "件")
    rates = [by(count).yuan - by(count - 1).yuan for count in (first, last)]
    if rates[0] != rates[1]:
        return None
    fee = by(last)
    return FeeResult((f"第{first}{unit}至第{last}{unit}：每{unit}{rates[0]}元",), fee.steps, fee.basis)


def _marginal(question: str) -> FeeResult | None:
    """What one more item or page costs: `第31件收多少`."""
    found = re.search(triggers().fee.marginal, question)
    number = to_number(found["number"]) if found else None
    if not found or not number or says("总共|一共|合计|加起来", question):
        return None
    by = fee_by_pages if found[0][-1] in "页张" else fee_by_items
    upto, before = by(number), by(number - 1)
    unit = "页" if upto.measure == "pages" else "件"
    values = (f"第{number}{unit}：{upto.yuan - before.yuan}元", f"到第{number}{unit}累计{upto.yuan}元")
    return FeeResult(values, upto.steps, upto.basis)
