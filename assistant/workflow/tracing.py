"""A number's passport: what it is, how it is computed and from which cells and rows, last year's and earlier values, every sentence that tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.domain.cell import Computed, Counted, plain
from assistant.domain.facts import Fact
from assistant.domain.saved import SavedReport
from assistant.errors import InvalidData
from assistant.forms import load_form
from assistant.workflow.prepared import material

if TYPE_CHECKING:
    from assistant.drafting.earlier import EarlierNumber
    from assistant.drafting.passport import Passport

ROWS = 12  # rows of a register named before the rest is only counted


def numbers_of(saved: SavedReport, part: str = "") -> tuple[Fact, ...]:
    """The facts of this year that count something, those told in a part first when one is named."""
    facts = [fact for fact in material(saved).book.facts if fact.name not in ("本年数", "上年数", "下年数", "本年", "上年", "下年")]
    told = {name for sentence in saved.sentences if sentence.section == part for name in sentence.facts}
    return tuple(sorted(facts, key=lambda fact: fact.name not in told)) if part else tuple(facts)


def passports(saved: SavedReport, key: str) -> tuple[Passport, ...]:
    """The passports of a fact by its name, or of every fact that a cell goes into by the cell's id; else of the facts whose name or meaning holds
    the words. Raises `InvalidData` when there is none."""
    from assistant.drafting.passport import passport, passports_of_cell

    book = material(saved).book
    if found := passport(key, book, saved.sentences):
        return (found,)
    if found_of_cell := passports_of_cell(key, book, saved.sentences):
        return found_of_cell
    named = [passport(fact.name, book, saved.sentences) for fact in numbers_of(saved) if key and (key in fact.name or key in fact.what)]
    if not named:
        raise InvalidData(
            f"没有叫“{key}”的数字。", f"可用的名称如：{'、'.join(fact.name for fact in numbers_of(saved)[:8])}；也可用单元格编号。"
        )
    return tuple(one for one in named if one is not None)


def passport_lines(saved: SavedReport, one: Passport, earlier: Iterable[EarlierNumber] = ()) -> list[str]:
    """A passport for people, a statement a line."""
    from assistant.drafting.earlier import past_of

    fact = one.fact
    lines = [f"{fact.name}：{fact.text}", f"含义：{fact.what}" + (f"（单位：{fact.unit}）" if fact.unit else ""), f"来源：{fact.source}"]
    lines += [f"算法：{fact.formula}"] if fact.formula else []
    lines += _cells(saved, fact)
    lines += [f"上年：{_last(fact)}"] if fact.last is not None else []
    lines += [f"{told.year}年：{told.printed}（{told.sentence}）" for told in past_of(fact.name, earlier)]
    lines += [f"用在：{sentence.text}" for sentence in one.sentences] or ["用在：还没有句子用到"]
    return lines + _stale(saved, fact.name)


def _last(fact: Fact) -> str:
    assert fact.last is not None
    if fact.value is None:
        return plain(fact.last)
    step = fact.value - fact.last
    return f"{plain(fact.last)}{fact.unit}，{'增加' if step > 0 else '减少' if step < 0 else '持平'}{plain(abs(step)) if step else ''}"


def _cells(saved: SavedReport, fact: Fact) -> list[str]:
    """Each cell that the fact goes back to, with its value and the register rows counted in it."""
    names = load_form(saved.report.edition).names
    lines = []
    for cell_id in fact.cells:
        cell = saved.report.cell(cell_id)
        lines.append(f"单元格：{names.get(cell_id, cell_id)}（{cell_id}）＝{plain(cell.value) if cell.value is not None else '空白'}")
        parts = [cell, *(saved.report.cell(name) for name in cell.provenance.inputs)] if isinstance(cell.provenance, Computed) else [cell]
        rows = [row for part in parts if isinstance(part.provenance, Counted) for row in part.provenance.rows]
        if rows:
            lines.append(f"台账行：{'、'.join(rows[:ROWS])}" + (f" 等 {len(rows)} 行" if len(rows) > ROWS else ""))
    return lines


def _stale(saved: SavedReport, name: str) -> list[str]:
    """The sentences that tell another value than the fact has now."""
    from assistant.workflow.renewing import stale_sentences

    return [f"已过时：{one.sentence.text} → {one.now or '（事实已不在，请改写）'}" for one in stale_sentences(saved) if name in one.changed]
