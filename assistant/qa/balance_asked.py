"""The balance of 表三 in a question: three of its terms and the fourth follows; all four and it holds or does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.qa.triggers import says, triggers
from assistant.text.numerals import lex

_CLAUSE = re.compile(r"[，。；？！、,;?!]")
_UNITS = {"件", "份", "个", "起", "宗", ""}
_NAMED = ("表", "第")  # 表三 is no count
_NAMES = {"new": "本年新收", "carried_in": "上年结转", "processed": "办理结果总计", "carried_out": "结转下年度继续办理"}
_LEFT, _RIGHT = ("new", "carried_in"), ("processed", "carried_out")


@dataclass(frozen=True)
class BalanceResult:
    """The result in words and the steps."""

    value: str
    steps: tuple[str, ...]


def work_out_balance(question: str) -> BalanceResult | None:
    """What the balance says about the counts in a question; None when it is not asked for or terms are missing."""
    signs = triggers().balance
    if says(signs.money, question) or not says(signs.about, question) or not says(signs.wants, question):
        return None
    found, parts = _terms(question)
    summed = len(parts) > 1 and "processed" not in found
    if summed:
        found["processed"] = sum(parts)
    rule = "表三每一列：本年新收加上年结转，等于办理结果总计加结转下年度继续办理。"
    total = f"办理结果总计＝{'＋'.join(map(str, parts))}＝{found['processed']}。" if summed else ""
    if len(found) == 4:
        left, right = sum(found[name] for name in _LEFT), sum(found[name] for name in _RIGHT)
        value = "两边相等，勾稽关系成立" if left == right else f"两边相差{abs(left - right)}件，勾稽关系不成立"
        return BalanceResult(
            value, (rule, *([total] if total else []), f"{_told(_LEFT, found)}，合计{left}件。", f"{_told(_RIGHT, found)}，合计{right}件。")
        )
    if len(found) != 3:
        return BalanceResult(f"办理结果总计{found['processed']}件", (total,)) if summed and says(signs.total, question) else None
    missing = next(name for name in _NAMES if name not in found)
    own, other = (_LEFT, _RIGHT) if missing in _LEFT else (_RIGHT, _LEFT)
    known = next(name for name in own if name != missing)
    result = sum(found[name] for name in other) - found[known]
    sums = "＋".join(str(found[name]) for name in other)
    step = f"{_NAMES[missing]}＝{'＋'.join(_NAMES[name] for name in other)}－{_NAMES[known]}＝{sums}－{found[known]}＝{result}。"
    value = f"{_NAMES[missing]}{result}件" if result >= 0 else f"{_NAMES[missing]}算出来是负数（{result}），所给的数对不上"
    return (
        BalanceResult(f"办理结果总计{found['processed']}件，{value}", (total, rule, step)) if summed else BalanceResult(value, (rule, step))
    )


def _told(names: tuple[str, ...], found: dict[str, int]) -> str:
    return "，".join(f"{_NAMES[name]}{found[name]}件" for name in names)


def _terms(question: str) -> tuple[dict[str, int], list[int]]:
    """The terms of the balance by role, and the counts of single results where the question lists them."""
    found: dict[str, int] = {}
    parts: dict[str, int] = {}
    numerals = [
        one
        for one in lex(question)
        if one.kind == "count"
        and one.value is not None
        and one.value == int(one.value)
        and one.unit in _UNITS
        and (one.unit or not one.chinese)  # `三(七)` is a label
        and question[: one.start][-1:] not in _NAMED
    ]
    for place, one in enumerate(numerals):
        left = numerals[place - 1].end if place else 0
        right = numerals[place + 1].start if place + 1 < len(numerals) else len(question)
        before, after = _CLAUSE.split(question[left : one.start])[-1], _CLAUSE.split(question[one.end : right])[0]
        part = next((sign for sign in triggers().balance.parts if says(sign, before)), "")
        role = "" if part else _role(before, after)
        if part:
            parts[part] = parts.get(part, 0) + int(one.value or 0)
        if role:
            found.setdefault(role, int(one.value or 0))
    return found, list(parts.values())


def _role(before: str, after: str) -> str:
    """The term that a count stands for: told by the words before it, else by those on both sides of it."""
    for text in (before, before + after):
        for sign in triggers().balance.roles:
            if all(says(word, text) for word in sign.all):
                return sign.role
    return ""
