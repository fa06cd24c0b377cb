"""The clerk's answers in words, each filed under the one thing it answers: a problem of last year, a changed figure, or one of the free questions.

The keys of a facts file are words people write, those of the app are fixed names; what a key is about is decided here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.standing import answer_topics

Topic = Literal["problem", "change", "problems", "measures", "other", "signature", "unknown"]
_SURE = 0.6


@dataclass(frozen=True)
class Filed:
    """An answer with what it is about: `subject` is the problem's words or the cell id, else empty; `key` is the name it was given under."""

    topic: Topic
    subject: str
    key: str
    text: str


def filed(answers: Iterable[tuple[str, str]], problems: Collection[str], cells: Mapping[str, str]) -> tuple[Filed, ...]:
    """Every answer under one topic: a cell by its id or its full name (`cells` maps one to the other), a problem of last year by its words or most
    of them, then the free questions by the words of the key. None is filed twice."""
    found = [Filed(*_topic(key, problems, cells), key, text) for key, text in answers]
    return tuple(found)


def _topic(key: str, problems: Collection[str], cells: Mapping[str, str]) -> tuple[Topic, str]:
    if key in cells:
        return "change", key
    named = [cell for cell, name in cells.items() if name in key]
    if named:
        return "change", max(named, key=lambda cell: len(cells[cell]))
    problem = max(problems, key=lambda one: likeness(one, key), default="")
    if problem and likeness(problem, key) >= _SURE:
        return "problem", problem
    for topic, pattern in answer_topics().items():
        if re.search(pattern, key):
            return topic, ""
    return "unknown", ""


def about(topic: Topic, answers: Iterable[Filed], subject: str = "") -> tuple[Filed, ...]:
    """The answers about a topic, and of those the ones about a problem or cell where `subject` is given."""
    return tuple(one for one in answers if one.topic == topic and subject in ("", one.subject))


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's pairs of characters that the other has too, 0–1; 0 when it is too short to tell."""
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (re.sub(r"[^一-龥]", "", one), re.sub(r"[^一-龥]", "", other))]
    smaller = min(map(len, pairs))
    return len(pairs[0] & pairs[1]) / smaller if smaller >= 3 else 0.0
