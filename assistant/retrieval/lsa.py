"""The offline embedding: latent semantic analysis fitted on the corpus itself, and a map that learns from the ways of asking. No download, no randomness.

Tokens are weighted by tf-idf, the passages' Gram matrix is decomposed exactly, and texts are folded in by the token directions. People ask in other words
than the texts use: a linear map, fitted by ridge regression, carries what is asked for a passage close to the passage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Passage
from assistant.retrieval.embedding import Vectors, unit
from assistant.retrieval.tokens import counts
from assistant.text.sentences import split_sentences

DIMENSIONS = 128
ASKED = 256  # directions in which a question is seen before it is mapped
RIDGE = 1.0
SAMPLE = 2000  # passages that the directions are fitted on
VOCABULARY = 20_000  # tokens kept, the most widespread first


def embedded_text(passage: Passage) -> str:
    """What of a passage is embedded: topic, text, search words and ways of asking."""
    return "。".join((passage.topic, passage.quotable, *passage.terms, *passage.asks))


def examples(passages: Sequence[Passage]) -> Iterator[tuple[str, int]]:
    """(what may be asked, row of the passage that answers): the ways of asking, the subject, the facts and the sentences of passages that have asks."""
    for row, passage in enumerate(passages):
        if passage.asks:
            said = (*passage.facts, *(one.text for one in split_sentences(passage.text)))
            yield from ((text, row) for text in (*passage.asks, "，".join((passage.topic, *passage.terms)), *said))


class LsaEmbedding:
    """An `Embedding` fitted on a corpus."""

    def __init__(self, tokens: Sequence[str], idf: NDArray[np.float32], directions: Vectors, asked: Vectors | None = None) -> None:
        self._place = {token: place for place, token in enumerate(tokens)}
        self._idf = idf
        self._directions = directions  # (tokens, up to ASKED), strongest first
        self._dimensions = asked.shape[1] if asked is not None else min(DIMENSIONS, directions.shape[1])
        self._asked: Vectors = asked if asked is not None else np.eye(directions.shape[1], self._dimensions, dtype=np.float32)
        fingerprint = hashlib.sha256("\x1f".join(tokens).encode() + np.round(directions, 3).tobytes()).hexdigest()[:12]
        self.name = f"lsa{self._dimensions}-{fingerprint}"

    @classmethod
    def fit(cls, texts: Sequence[str], asked: Sequence[tuple[str, int]] = ()) -> LsaEmbedding:
        """Fit on the texts, or on evenly spaced ones when there are more than `SAMPLE`; then on what is asked: (question, row of its text)."""
        model = cls._fit(texts)
        return model._learned(texts, asked) if asked else model

    @classmethod
    def _fit(cls, texts: Sequence[str]) -> LsaEmbedding:
        step = max(1, -(-len(texts) // SAMPLE))
        sample = [counts((text,)) for text in texts[::step]]
        spread: dict[str, int] = {}
        for bag in sample:
            for token in bag:
                spread[token] = spread.get(token, 0) + 1
        tokens = sorted(spread, key=lambda token: (-spread[token], token))[:VOCABULARY]
        idf = np.log((1 + len(sample)) / (1 + np.array([spread[token] for token in tokens], dtype=np.float32))) + 1
        model = cls(tokens, idf.astype(np.float32), np.zeros((len(tokens), 1), dtype=np.float32))
        matrix = unit(np.stack([model._weights(text) for text in texts[::step]]))
        return cls(tokens, model._idf, _directions(matrix, ASKED))

    def _learned(self, texts: Sequence[str], asked: Sequence[tuple[str, int]]) -> LsaEmbedding:
        """With the map from questions to passages. Texts nobody has written asks for are asked for in their own words."""
        rows = sorted({row for _, row in asked})
        others = [text for row, text in enumerate(texts) if row not in set(rows)][:SAMPLE]
        seen = unit(self._seen([*(text for text, _ in asked), *others]))
        place = {row: number for number, row in enumerate(rows)}
        wanted = np.concatenate([self.documents([texts[row] for row in rows])[[place[row] for _, row in asked]], self.documents(others)])
        gram = seen.T @ seen + RIDGE * np.eye(seen.shape[1], dtype=np.float32)
        return LsaEmbedding(list(self._place), self._idf, self._directions, np.linalg.solve(gram, seen.T @ wanted).astype(np.float32))

    def _weights(self, text: str) -> Vectors:
        row: Vectors = np.zeros(len(self._place), dtype=np.float32)
        for token, count in counts((text,)).items():
            place = self._place.get(token)
            if place is not None:
                row[place] = (1 + np.log(count)) * self._idf[place]
        return row

    def _fold(self, text: str) -> Vectors:
        found = [(place, count) for token, count in counts((text,)).items() if (place := self._place.get(token)) is not None]
        if not found:
            return np.zeros(self._directions.shape[1], dtype=np.float32)
        places = np.array([place for place, _ in found])
        weights = (1 + np.log(np.array([count for _, count in found], dtype=np.float32))) * self._idf[places]
        folded: Vectors = weights @ self._directions[places]
        return folded

    def _seen(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._fold(text) for text in texts]) if texts else np.zeros((0, self._directions.shape[1]), dtype=np.float32)

    def documents(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text."""
        return unit(self._seen(texts)[:, : self._dimensions])

    def query(self, text: str) -> Vectors:
        """The unit vector of a question."""
        vector: Vectors = unit(unit(self._fold(text)[None, :]) @ self._asked)[0]
        return vector

    def save(self, folder: Path) -> None:
        """Write the fitted model into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tokens.txt").write_text("\n".join(self._place), encoding="utf-8")
        np.save(folder / "idf.npy", self._idf)
        np.save(folder / "directions.npy", self._directions)
        np.save(folder / "asked.npy", self._asked)

    @classmethod
    def load(cls, folder: Path) -> LsaEmbedding:
        """A model written by `save`. Raises `OSError` or `ValueError` when it is missing or damaged."""
        tokens = (folder / "tokens.txt").read_text(encoding="utf-8").split("\n")
        idf, directions, asked = (np.load(folder / f"{name}.npy") for name in ("idf", "directions", "asked"))
        if not len(tokens) == len(idf) == len(directions) or len(asked) != directions.shape[1]:
            raise ValueError("the parts of the embedding do not fit together")
        return cls(tokens, idf, directions, asked)


def _directions(matrix: Vectors, dimensions: int) -> Vectors:
    """The leading right singular vectors, scaled so that strong directions do not drown the others; sign fixed by the largest entry."""
    values, left = np.linalg.eigh((matrix @ matrix.T).astype(np.float64))
    order = np.argsort(values)[::-1][: min(dimensions, len(values))]
    singular = np.sqrt(np.maximum(values[order], 1e-9))
    right = (matrix.T @ left[:, order]) / singular
    signs = np.sign(right[np.abs(right).argmax(axis=0), np.arange(right.shape[1])])
    scaled: Vectors = (right * signs / np.sqrt(singular)).astype(np.float32)
    return scaled
