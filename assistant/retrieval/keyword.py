"""The keyword index: BM25 over character pairs in three views of a passage — its text, all ways of asking together, and each way of asking alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Passage
from assistant.retrieval.postings import Postings, Weights
from assistant.retrieval.tokens import counts

Rows = NDArray[np.int32]
SOURCES = ("text", "asks", "ask")
_HEADING_WEIGHT = 2.0  # topic and search words say what the passage is about; they count double


def text_counts(passage: Passage) -> Mapping[str, float]:
    """The tokens of a passage's text, topic, search words and facts."""
    total: Counter[str] = counts((passage.text, passage.official, *passage.facts))
    heading = counts((passage.topic, *passage.terms))
    return {token: total[token] + _HEADING_WEIGHT * heading[token] for token in total | heading}


def _ask_counts(passage: Passage) -> Mapping[str, float]:
    return {token: float(count) for token, count in counts(passage.asks).items()}


def _single_asks(passages: Sequence[Passage]) -> Iterator[Mapping[str, float]]:
    for passage in passages:
        for ask in passage.asks:
            yield {token: float(count) for token, count in counts((ask,)).items()}


class KeywordIndex:
    """Scores by view for every passage, in the order in which the passages were given."""

    def __init__(self, text: Postings, asks: Postings, ask: Postings, owners: Rows) -> None:
        self.text = text
        self._asks = asks
        self._ask = ask
        self._owners = owners

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> KeywordIndex:
        """The index of these passages."""
        owners = np.repeat(np.arange(len(passages), dtype=np.int32), [len(passage.asks) for passage in passages])
        return cls(
            Postings.build(map(text_counts, passages)),
            Postings.build(map(_ask_counts, passages)),
            Postings.build(_single_asks(passages)),
            owners,
        )

    def scores(self, query: Mapping[str, float]) -> dict[str, Weights]:
        """View → score of every passage; for `ask` that of its best way of asking."""
        best: Weights = np.zeros(self.text.size, dtype=np.float32)
        np.maximum.at(best, self._owners, self._ask.scores(query))
        return {"text": self.text.scores(query), "asks": self._asks.scores(query), "ask": best}

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        for name, postings in (("text", self.text), ("asks", self._asks), ("ask", self._ask)):
            postings.save(folder / name)
        np.save(folder / "owners.npy", self._owners)

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Map an index written by `save`. Raises `OSError`, `ValueError` or `KeyError` when it is missing or damaged."""
        owners = np.load(folder / "owners.npy", mmap_mode="r")
        text, asks, ask = (Postings.load(folder / name) for name in SOURCES)
        index = cls(text, asks, ask, owners)
        if index._ask.size != len(owners) or index._asks.size != index.text.size:
            raise ValueError("the views of the index do not fit together")
        return index
