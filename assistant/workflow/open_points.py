"""What the clerk is asked in words: last year's problems, large changes, this year's own words. Answers are kept with the report, with who gave
them and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.domain.facts import GivenFacts, Told
from assistant.domain.saved import SavedReport
from assistant.workflow.prepared import material

if TYPE_CHECKING:
    from assistant.drafting.planning import Material

Free = Literal["problems", "measures", "other", "signature"]
FREE: tuple[tuple[str, Free, str, str], ...] = (  # part, topic, key, question
    ("problems", "problems", "今年的主要问题", "今年的主要问题是什么？"),
    ("problems", "measures", "改进措施", "下一步怎样改进？"),
    ("other", "other", "其他需要报告的事项", "还有哪些其他需要报告的事项？"),
    ("signature", "signature", "落款日期", "落款写哪一天？"),
)


@dataclass(frozen=True)
class Question:
    """A question in words. `key` is the name under which the answer is kept, `part` the part of the report it concerns, `signed` who answered
    and when."""

    part: str
    key: str
    text: str
    answer: str = ""
    signed: str = ""


def questions(saved: SavedReport) -> tuple[Question, ...]:
    """All that is asked in words, answered or not: what became of last year's problems, why figures changed much, this year's problems,
    measures, other matters, the date of signature."""
    known = material(saved)
    return (*_about_problems(known), *_free(known), *_about_changes(known))


def _asked(known: Material, part: str, key: str, text: str, given: tuple[tuple[str, str], ...]) -> Iterator[Question]:
    """The question with each answer given to it, under the key it was given; unanswered under `key`."""
    signed = {one.key: one.signed for one in known.book.told}
    for name, answer in given or ((key, ""),):
        yield Question(part, name, text, answer, signed.get(name, ""))


def _about_problems(known: Material) -> Iterator[Question]:
    from assistant.drafting.answers import about

    for problem in known.asked.problems:
        given = tuple((one.key, one.text) for one in about("problem", known.answers, problem)[:1])
        yield from _asked(known, "problems", problem, f"上年提出的问题“{problem}”，本年整改情况如何？", given)


def _free(known: Material) -> Iterator[Question]:
    from assistant.drafting.answers import about

    for part, topic, key, text in FREE:
        yield from _asked(known, part, key, text, tuple((one.key, one.text) for one in about(topic, known.answers)))


def _about_changes(known: Material) -> Iterator[Question]:
    from assistant.drafting.answers import about
    from assistant.drafting.book import change_questions

    for change in change_questions(known.this, known.previous) if known.previous else ():
        given = tuple((one.key, one.text) for one in about("change", known.answers, change.key)[:1])
        yield from _asked(known, "overview", change.key, change.question, given)


def explained_cells(saved: SavedReport) -> frozenset[str]:
    """The cells whose large change somebody has explained."""
    from assistant.drafting.answers import about

    return frozenset(one.subject for one in about("change", material(saved).answers))


def give_answer(saved: SavedReport, key: str, text: str, *, who: str = "", when: str = "") -> SavedReport:
    """The report with one answer given or changed; an empty text takes it back. The next draft uses it."""
    from assistant.drafting.draft import prepare

    kept = tuple((name, answer) for name, answer in saved.given.answers if name != key)
    answers = (*kept, (key, text.strip())) if text.strip() else kept
    given = saved.given.model_copy(update={"answers": answers, "told": told(saved.given, key, who if text.strip() else "", when)})
    given = GivenFacts.model_validate(dict(given))
    book = prepare(saved.report, saved.previous, given).book
    return SavedReport.model_validate({**dict(saved), "given": given, "facts": book})


def told(given: GivenFacts, key: str, who: str, when: str) -> tuple[Told, ...]:
    """Who gave what, with `key` now given by `who` (by nobody when empty)."""
    others = tuple(one for one in given.told if one.key != key)
    return (*others, Told(key=key, who=who, when=when)) if who else others
