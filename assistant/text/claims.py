"""Numbers in prose with what is said around them: the raw material of claims. What a number *means* is decided by the lexicon of the checks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.text.mentions import Mention, mentions_of
from assistant.text.part_lists import PartList, part_lists, total_of, unit_of, value_of
from assistant.text.sentences import Sentence, split_sentences

__all__ = ["Mention", "PartList", "Prose", "read_prose", "total_of", "unit_of", "value_of"]


class Prose(NamedTuple):
    """A paragraph read for its numbers."""

    text: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    lists: tuple[PartList, ...]


@lru_cache(maxsize=1024)
def read_prose(text: str) -> Prose:
    """The quantities of a paragraph in order, each with its surroundings, and the lists of parts among them."""
    sentences = split_sentences(text)
    mentions = mentions_of(text, sentences)
    return Prose(text, sentences, mentions, part_lists(text, sentences, mentions))
