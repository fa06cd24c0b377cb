"""Which row of 表三 an application belongs to: by its recorded wording, or by questions about the case.

Source: 条例 arts. 14–16, 30, 35–39, 42 and the form in the annex of 国办公开办函〔2021〕30号. A wording that is unknown or
points to several rows is returned with its candidates and decided by a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, get_args

from pydantic import Field, TypeAdapter

from assistant.domain.base import Frozen
from assistant.domain.finding import Basis
from assistant.domain.report import EditionId
from assistant.forms import load_form
from assistant.statute.basis import cite_all, load_data
from assistant.statute.wording import Vocabulary, fold_wording

OPEN_ROW = "carried_out"  # not answered by 31 December


class _Wordings(Frozen):
    basis: tuple[str, ...]
    terms: tuple[str, ...]
    reasons: tuple[str, ...] = ()


class _Undecided(Frozen):
    terms: tuple[str, ...]
    candidates: tuple[str, ...]
    why: str


class _Phrase(Frozen):
    like: str
    read_as: str = Field(alias="as")


class _Lexicon(Frozen):
    outcomes: dict[str, _Wordings]
    heads: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    open: tuple[str, ...]
    open_alone: tuple[str, ...]
    phrases: tuple[_Phrase, ...]
    undecided: dict[str, _Undecided]


_Role = Literal["outcome", "reason", "head", "filler", "open", "open_alone", "undecided"]


class _Meaning(Frozen):
    role: _Role
    key: str = ""


class OutcomeMatch(Frozen):
    """The row key of 表三 for a wording (`denied.secret`, `carried_out`), or None with the candidates and the reason in Chinese."""

    wording: str
    row: str | None
    candidates: tuple[str, ...] = ()
    why: str = ""
    basis: tuple[Basis, ...] = ()


class Question(Frozen):
    """One question of the decision table; "yes" settles the row."""

    id: str
    question: str
    outcome: str
    basis: tuple[str, ...]
    why: str


class RowDecision(Frozen):
    """The row of 表三, its printed label, the reason and the articles."""

    row: str
    label: str
    why: str
    basis: tuple[Basis, ...]
    path: tuple[str, ...] = ()


@cache
def _lexicon() -> _Lexicon:
    return TypeAdapter(_Lexicon).validate_python(load_data("outcomes.yaml"), strict=False)


@cache
def _vocabulary() -> Vocabulary[_Meaning]:
    lexicon = _lexicon()
    meanings: dict[str, _Meaning] = {}
    meanings |= {fold_wording(term): _Meaning(role="filler") for term in lexicon.fillers}
    meanings |= {fold_wording(term): _Meaning(role="head", key=group) for group, terms in lexicon.heads.items() for term in terms}
    meanings |= {fold_wording(term): _Meaning(role="open") for term in lexicon.open}
    meanings |= {fold_wording(term): _Meaning(role="open_alone") for term in lexicon.open_alone}
    for row, wordings in lexicon.outcomes.items():
        meanings |= {fold_wording(term): _Meaning(role="reason", key=row) for term in wordings.reasons}
        meanings |= {fold_wording(term): _Meaning(role="outcome", key=row) for term in wordings.terms}
    for key, entry in lexicon.undecided.items():
        meanings |= {fold_wording(term): _Meaning(role="undecided", key=key) for term in entry.terms}
    return Vocabulary(meanings)


@lru_cache(maxsize=4096)
def match_outcome(wording: str, edition: EditionId = "2021") -> OutcomeMatch:
    """The row that a recorded outcome belongs to, in the rows of `edition`; undecided when the wording does not settle it."""
    folded = fold_wording(_simplified(wording))
    if not folded:
        return OutcomeMatch(wording=wording, row=None, why="没有填写办理结果。")
    whole = _vocabulary().exact(folded)
    found, rest = ((whole,), "") if whole is not None else _vocabulary().cover(folded)
    return _settle(wording, _Reading(found, rest, edition))


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(phrase.like), phrase.read_as) for phrase in _lexicon().phrases)


def _simplified(wording: str) -> str:
    """`wording` with its longer phrases replaced by the terms that they mean."""
    for pattern, term in _phrases():
        wording = pattern.sub(f"，{term}，", wording)
    return wording


class _Reading:
    """The meanings of a wording sorted by role, rows translated into those of the edition."""

    def __init__(self, found: tuple[_Meaning, ...], rest: str, edition: EditionId) -> None:
        self.rest = rest
        self._known = {row.id for row in load_form(edition).t3.rows}
        keys = {role: {meaning.key for meaning in found if meaning.role == role} for role in get_args(_Role)}
        self.heads, self.undecided = keys["head"], keys["undecided"]
        self.rows = self._translate(keys["outcome"]) | {head for head in self.heads if head in self._known}
        self.reasons = self._translate(keys["reason"])
        if self.heads or "partial" in self.rows:
            self.rows, self.reasons = self.rows | self.reasons, set()
        self.open = bool(keys["open"]) or (bool(keys["open_alone"]) and not self.candidates())

    def _translate(self, rows: set[str]) -> set[str]:
        return {row if row in self._known else row.split(".")[0] for row in rows}

    def candidates(self) -> tuple[str, ...]:
        """The rows that come into question."""
        grouped = {row for row in _lexicon().outcomes if row.split(".")[0] in self.heads} if not self.rows else set()
        wanted = self.rows | self.reasons | self._translate(grouped)
        return tuple(
            row for row in dict.fromkeys(row for known in _lexicon().outcomes for row in self._translate({known})) if row in wanted
        )

    def undecided_entry(self) -> _Undecided | None:
        """The entry that keeps the wording from being settled; one without candidates (已答复) only matters when nothing else is said."""
        entries = sorted((_lexicon().undecided[key] for key in self.undecided), key=lambda entry: (not entry.candidates, entry.why))
        return next((entry for entry in entries if entry.candidates or not (self.candidates() or self.open)), None)

    def settled_row(self) -> str | None:
        """The one row that everything said agrees with."""
        only_partial = self.heads <= {"denied"} and all(row in ("partial", "granted") or row.startswith("denied.") for row in self.rows)
        rows = {"partial"} if "partial" in self.rows and only_partial else self.rows
        if len(rows) != 1 or self.reasons:
            return None
        row = next(iter(rows))
        return row if row == "partial" or all(row.split(".")[0] == head for head in self.heads) else None


def _settle(wording: str, reading: _Reading) -> OutcomeMatch:
    candidates, entry = reading.candidates(), reading.undecided_entry()
    if entry is not None:
        return OutcomeMatch(wording=wording, row=None, candidates=tuple(dict.fromkeys(entry.candidates + candidates)), why=entry.why)
    if reading.rest:
        return OutcomeMatch(wording=wording, row=None, candidates=candidates, why=f"“{wording}”中的“{reading.rest}”不认识。")
    if reading.open and not candidates:
        return OutcomeMatch(wording=wording, row=OPEN_ROW, candidates=(OPEN_ROW,), basis=cite_all(("format-2021 附件模板三",)))
    if reading.open:
        return OutcomeMatch(wording=wording, row=None, candidates=(*candidates, OPEN_ROW), why=f"“{wording}”同时写了办理结果和尚未办结。")
    row = reading.settled_row()
    if row is None:
        return OutcomeMatch(wording=wording, row=None, candidates=candidates, why=_why_open(wording, reading))
    basis = _lexicon().outcomes[row].basis if row in _lexicon().outcomes else ("format-2019",)
    return OutcomeMatch(wording=wording, row=row, candidates=(row,), basis=cite_all(basis))


def _why_open(wording: str, reading: _Reading) -> str:
    if reading.rows:
        return f"“{wording}”可以归入多种情形，或者前后不一致。"
    return f"“{wording}”没有写明具体情形。" if reading.heads else f"“{wording}”没有写明办理结果。"


@cache
def questions() -> tuple[Question, ...]:
    """The decision table in the order in which its questions are asked."""
    return TypeAdapter(tuple[Question, ...]).validate_python(load_data("outcome_tree.yaml"), strict=False)


def decide_row(answers: Mapping[str, bool]) -> RowDecision | Question:
    """The row settled by the answers so far (question id → yes/no), or the next question to ask."""
    path = []
    for question in questions():
        answer = True if question is questions()[-1] else answers.get(question.id)
        if answer is None:
            return question
        path.append(f"{question.question}{'是' if answer else '否'}")
        if answer:
            return _decision(question, tuple(path))
    raise AssertionError("the last question settles the row")


def _decision(question: Question, path: tuple[str, ...] = ()) -> RowDecision:
    return RowDecision(row=question.outcome, label=row_label(question.outcome), why=question.why, basis=cite_all(question.basis), path=path)


def row_decision(row: str) -> RowDecision:
    """Label, reason and articles of a result row of the 2021 form. Raises `KeyError` for rows that are not results."""
    return _decision({question.outcome: question for question in questions()}[row])


def row_label(row: str, edition: EditionId = "2021") -> str:
    """A row's label as printed, its group in front: `（三）不予公开 1.属于国家秘密`."""
    table = load_form(edition).t3
    found = {entry.id: entry for entry in table.rows}[row]
    group = table.groups[found.groups[-1]] if len(found.groups) > 1 else ""
    return f"{group} {found.label}".strip()


def suggest_rows(text: str) -> tuple[RowDecision, ...]:
    """Rows that free text about a case points to, most specific wording first; none when nothing is recognised."""
    found, _ = _vocabulary().cover(fold_wording(_simplified(text)))
    rows = [meaning.key for meaning in found if meaning.role in ("outcome", "reason")]
    rows += [row for meaning in found if meaning.role == "undecided" for row in _lexicon().undecided[meaning.key].candidates]
    rows += [OPEN_ROW for meaning in found if meaning.role in ("open", "open_alone")]
    return tuple(row_decision(row) for row in dict.fromkeys(rows))
