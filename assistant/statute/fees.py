"""Information processing fees (国办函〔2020〕109号, arts. 3–5): progressive, by item per applicant and calendar month or by quantity, never both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from assistant.domain.base import Frozen
from assistant.domain.finding import Basis
from assistant.statute.basis import cite_all, load_data

Measure = Literal["items", "pages"]


class Band(Frozen):
    """Units up to and including `to` cost `rate` yuan each (those below the previous band excepted)."""

    to: int
    rate: int


class OpenBand(Frozen):
    """What comes after the last band: blocks of `size` units, the first at `rate` yuan, each next `increase` dearer; None: one open block."""

    size: int | None
    rate: int
    increase: int


class Tariff(Frozen):
    """One of the two tariffs."""

    unit: str
    title: str
    basis: tuple[str, ...]
    bands: tuple[Band, ...]
    then: OpenBand


class Fee(Frozen):
    """A fee in yuan, how it was computed, and the articles behind it."""

    measure: Measure
    quantity: int
    yuan: int
    steps: tuple[str, ...]
    basis: tuple[Basis, ...]


@cache
def tariffs() -> dict[Measure, Tariff]:
    """Both tariffs."""
    return TypeAdapter(dict[Measure, Tariff]).validate_python(load_data("tariffs.yaml"), strict=False)


def fee_by_items(items: int) -> Fee:
    """The fee for `items` applications of one applicant in one calendar month."""
    return _fee("items", items)


def fee_by_pages(pages: int) -> Fee:
    """The fee for `pages` pages (A4 sides) provided on one application."""
    return _fee("pages", pages)


def _fee(measure: Measure, quantity: int) -> Fee:
    if quantity < 0:
        raise ValueError("a quantity cannot be negative")
    tariff = tariffs()[measure]
    steps, total = [], 0
    for first, last, rate in _blocks(tariff, quantity):
        amount = (last - first + 1) * rate
        total += amount
        reach = f"第{first}{tariff.unit}" if first == last else f"第{first}至{last}{tariff.unit}"
        price = f"{last - first + 1}{tariff.unit}×{rate}元={amount}元" if rate else "不收费"
        steps.append(f"{reach}：{price}。")
    steps.append(f"{tariff.title}合计{total}元；同一申请不得再按另一标准重复计收。")
    return Fee(measure=measure, quantity=quantity, yuan=total, steps=tuple(steps), basis=cite_all(tariff.basis))


def _blocks(tariff: Tariff, quantity: int) -> Iterator[tuple[int, int, int]]:
    """(first unit, last unit, yuan each) of every block that `quantity` reaches."""
    first = 1
    for band in tariff.bands:
        if first <= quantity:
            yield first, min(quantity, band.to), band.rate
        first = band.to + 1
    rate = tariff.then.rate
    while first <= quantity:
        last = quantity if tariff.then.size is None else min(quantity, first + tariff.then.size - 1)
        yield first, last, rate
        first, rate = last + 1, rate + tariff.then.increase
