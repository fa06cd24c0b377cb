"""From everyday words to the words of the texts: `corpus/lexicon.yaml`, applied to questions only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.domain.base import Frozen
from assistant.errors import InvalidData
from assistant.retrieval.corpus import corpus_folder
from assistant.retrieval.tokens import counts, fold


class Entry(Frozen):
    """`say` are patterns of everyday wording (regular expressions), `mean` the words of the texts, `document` the text that
    such a question is mostly about."""

    say: tuple[str, ...]
    mean: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Entries with their patterns compiled into one."""

    entries: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()
    subjects: tuple[tuple[re.Pattern[str], str], ...] = ()

    def meanings(self, question: str) -> tuple[str, ...]:
        """The words of the texts that the question's wording points to."""
        folded = fold(question)
        return tuple(dict.fromkeys(word for pattern, words in self.entries if pattern.search(folded) for word in words))

    def documents(self, question: str) -> frozenset[str]:
        """Ids of the documents that the question is mostly about by its words: a court case, the annual report, a fee."""
        folded = fold(question)
        return frozenset(document for pattern, document in self.subjects if pattern.search(folded))

    def expansion(self, question: str) -> dict[str, float]:
        """The tokens of `meanings`."""
        return dict.fromkeys(counts(self.meanings(question)), 1.0)


def parse_lexicon(text: str) -> Lexicon:
    """The lexicon in a YAML text (a list of entries). Raises `InvalidData`."""
    try:
        entries = TypeAdapter(tuple[Entry, ...]).validate_python(
            yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or (), strict=False
        )
        compiled = [(re.compile("|".join(entry.say)), entry) for entry in entries]
        return Lexicon(
            tuple((pattern, entry.mean) for pattern, entry in compiled if entry.mean),
            tuple((pattern, entry.document) for pattern, entry in compiled if entry.document),
        )
    except (yaml.YAMLError, ValidationError, re.error) as error:
        raise InvalidData(f"词表 lexicon.yaml 不符合要求：{error}") from error


@cache
def shipped_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon that comes with the program; empty when there is none."""
    path = (folder or corpus_folder()) / "lexicon.yaml"
    return parse_lexicon(path.read_text(encoding="utf-8")) if path.exists() else Lexicon()
