"""Slots: `{{name}}` in a sentence, filled by code with the value, its scale and its measure word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from assistant.domain.cell import plain
from assistant.domain.facts import AskedFact, Fact

SLOT = re.compile(r"\{\{\s*([^{}\s]{1,80}?)\s*\}\}")
_SCALES = {1: "", 10_000: "万", 100_000_000: "亿"}
_FOLLOWING_UNITS = re.compile(r"万?(?:人次|余?件|条|次|期|篇|份|个|场|批|人|家|项|册|部|起|宗|种|类|元|％|%)")


@dataclass(frozen=True)
class Filled:
    """A filled sentence: its text, the slots used in order as (name, start, end) in the text, the unknown names, and units that
    stood after a slot and contradict it as (slot, unit written)."""

    text: str
    used: tuple[tuple[str, int, int], ...]
    unknown: tuple[str, ...]
    wrong_units: tuple[tuple[str, str], ...]


def slot(name: str) -> str:
    """`{{name}}`."""
    return f"{{{{{name}}}}}"


def slot_names(template: str) -> tuple[str, ...]:
    """The names of the slots in order of occurrence."""
    return tuple(SLOT.findall(template))


def fill(template: str, facts: Mapping[str, Fact]) -> Filled:
    """`template` with every known slot replaced by the fact's text. A measure word written after a slot that prints one is dropped when it is the
    same and reported when it is another. An unknown slot leaves nothing behind."""
    text, used, unknown, wrong, at = "", [], [], [], 0
    for match in SLOT.finditer(template):
        text += template[at : match.start()]
        at = match.end()
        fact = facts.get(match.group(1))
        if fact is None:
            unknown.append(match.group(1))
            continue
        used.append((fact.name, len(text), len(text) + len(fact.text)))
        text += fact.text
        following = _FOLLOWING_UNITS.match(template, at)
        if following and fact.unit and fact.text.endswith(fact.unit):
            if following.group().endswith(fact.unit) and len(following.group()) == len(fact.unit):
                at = following.end()
            elif fact.unit != "年":
                wrong.append((fact.name, following.group()))
    return Filled(text + template[at:], tuple(used), tuple(unknown), tuple(wrong))


def value_text(value: Decimal, unit: str, *, scale: int = 1, approx: str = "", decimals: int | None = None) -> str:
    """A quantity as reports print it: `75件`, `14万余条`, `2.9万余次`, `51.85%`.

    `value` counts single units; with `scale` it is told in 万 or 亿, rounded down where the number is told as a lower bound (余, 多, 以上), exact otherwise.
    """
    if scale == 1 or (value < scale and approx):
        number = plain(value if decimals is None else round_to(value, decimals))
        return f"{number}{unit}"
    scaled = value / scale
    if approx:
        shown = scaled.quantize(Decimal(1).scaleb(-(decimals or 0)), rounding=ROUND_DOWN)
        exact = shown == scaled
        return f"{plain(shown)}{_SCALES[scale]}{'' if exact else '余'}{unit}"
    return f"{plain(scaled)}{_SCALES[scale]}{unit}"


def asked_text(value: Decimal, asked: AskedFact) -> str:
    """This year's value printed the way last year's was."""
    return value_text(
        value, asked.unit, scale=asked.scale, approx=asked.approx, decimals=asked.decimals if asked.approx or asked.unit == "%" else None
    )


def round_to(value: Decimal, decimals: int) -> Decimal:
    """Half up, as official statistics round."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(part: Decimal, whole: Decimal, decimals: int) -> Decimal | None:
    """`part` in `whole` in per cent, or None when there is nothing to divide by."""
    return round_to(part * 100 / whole, decimals) if whole else None
