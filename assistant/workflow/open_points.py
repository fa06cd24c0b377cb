"""What the clerk is asked in words: last year's problems, large changes, this year's own words. Answers are kept with the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.facts import GivenFacts
from assistant.domain.saved import SavedReport

FREE = (  # part, topic of `answers_about`, key, question
    ("problems", "problems", "今年的主要问题", "今年的主要问题是什么？"),
    ("problems", "measures", "改进措施", "下一步怎样改进？"),
    ("other", "other", "其他需要报告的事项", "还有哪些其他需要报告的事项？"),
    ("signature", "signature", "落款日期", "落款写哪一天？"),
)


@dataclass(frozen=True)
class Question:
    """A question in words. `key` is the name under which the answer is kept, `part` the part of the report it concerns."""

    part: str
    key: str
    text: str
    answer: str = ""


def questions(saved: SavedReport) -> tuple[Question, ...]:
    """All that is asked in words, answered or not: what became of last year's problems, why figures changed much, this year's problems,
    measures, other matters, the date of signature."""
    return (*_about_problems(saved), *_free(saved), *_about_changes(saved))


def _about_problems(saved: SavedReport) -> Iterator[Question]:
    from assistant.drafting.offline import answer_key

    answers = saved.given.answers
    for problem in last_problems(saved):
        key = answer_key(problem, answers) or problem
        yield Question("problems", key, f"上年提出的问题“{problem}”，本年整改情况如何？", saved.given.answer(key))


def _free(saved: SavedReport) -> Iterator[Question]:
    from assistant.drafting.offline import answer_key
    from assistant.drafting.standing import answers_about

    answers = saved.given.answers
    taken = {answer_key(problem, answers) for problem in last_problems(saved)}
    for part, topic, name, text in FREE:
        told = [(key, answer) for key, answer in answers_about(topic, answers) if key not in taken]
        taken |= {key for key, _ in told}
        for key, answer in told or [(name, "")]:
            yield Question(part, key, text, answer)


def last_problems(saved: SavedReport) -> tuple[str, ...]:
    """Last year's problems as they were put."""
    from assistant.drafting.derive import derive_facts

    return derive_facts(saved.previous).problems if saved.previous else ()


def _about_changes(saved: SavedReport) -> Iterator[Question]:
    from assistant.drafting.book import change_questions

    for change in change_questions(saved.report, saved.previous) if saved.previous else ():
        key = next((name for name, _ in saved.given.answers if name == change.key or change.what in name), change.key)
        yield Question("overview", key, change.question, saved.given.answer(key))


def explained_cells(saved: SavedReport) -> frozenset[str]:
    """The cells whose large change somebody has explained."""
    from assistant.drafting.book import change_questions

    keys = [name for name, _ in saved.given.answers]
    found = change_questions(saved.report, saved.previous) if saved.previous else ()
    return frozenset(change.key for change in found if any(name == change.key or change.what in name for name in keys))


def give_answer(saved: SavedReport, key: str, text: str) -> SavedReport:
    """The report with one answer given or changed; an empty text takes it back. The next draft uses it."""
    from assistant.drafting.draft import prepare

    kept = tuple((name, answer) for name, answer in saved.given.answers if name != key)
    answers = (*kept, (key, text.strip())) if text.strip() else kept
    given = GivenFacts(facts=saved.given.facts, tables=saved.given.tables, answers=answers)
    book = prepare(saved.report, saved.previous, given).book
    return SavedReport.model_validate({**dict(saved), "given": given, "facts": book})
