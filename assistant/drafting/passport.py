"""A number's passport: what it is, where it comes from, how it changed, and which sentences tell it."""

from __future__ import annotations

from assistant.domain.base import Frozen
from assistant.domain.draft import DraftSentence
from assistant.domain.facts import Fact, FactBook
from assistant.drafting.slots import fill


class Passport(Frozen):
    """`fact` with definition, formula, source, cells and last year's value; `sentences` that tell it."""

    fact: Fact
    sentences: tuple[DraftSentence, ...]


class StaleSentence(Frozen):
    """A drafted sentence whose numbers have changed since: as it stands and as it would read now; `changed` names the facts."""

    sentence: DraftSentence
    now: str
    changed: tuple[str, ...]


def passport(name: str, book: FactBook, sentences: tuple[DraftSentence, ...]) -> Passport | None:
    """The passport of a fact, or None when the book does not know it."""
    fact = book.by_name.get(name)
    return (
        Passport(fact=fact, sentences=tuple(sentence for sentence in sentences if name in sentence.facts and sentence.text))
        if fact
        else None
    )


def passports_of_cell(cell: str, book: FactBook, sentences: tuple[DraftSentence, ...]) -> tuple[Passport, ...]:
    """The passports of every fact that a cell goes into."""
    found = (passport(fact.name, book, sentences) for fact in book.facts if cell in fact.cells)
    return tuple(entry for entry in found if entry is not None)


def stale_sentences(sentences: tuple[DraftSentence, ...], book: FactBook) -> tuple[StaleSentence, ...]:
    """The sentences that a changed fact has made stale. A sentence whose slot the book no longer knows is stale too."""
    found = []
    for sentence in sentences:
        if not sentence.text or not sentence.template:
            continue
        filled = fill(sentence.template, book.by_name)
        if filled.text != sentence.text:
            changed = [name for name in sentence.facts if name not in book.by_name or book.by_name[name].text not in sentence.text]
            found.append(StaleSentence(sentence=sentence, now=filled.text if not filled.unknown else "", changed=tuple(changed)))
    return tuple(found)
