"""An inverted index with BM25 weights as three flat arrays: small to keep, mapped from disk when large."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.6
Weights = NDArray[np.float32]


class Postings:
    """For every token the rows that hold it and their BM25 weight. Scores are divided by their upper bound for the query: 0..1, and comparable between queries."""

    def __init__(
        self, vocabulary: Mapping[str, int], starts: NDArray[np.int64], rows: NDArray[np.int32], weights: Weights, idf: Weights, size: int
    ) -> None:
        self.vocabulary = vocabulary
        self._starts = starts
        self._rows = rows
        self._weights = weights
        self.idf = idf
        self.size = size
        self._unknown_idf = float(np.log(1 + (size + 0.5) / 0.5))

    @classmethod
    def build(cls, documents: Iterable[Mapping[str, float]]) -> Postings:
        """The index of documents given as token → frequency, in row order."""
        vocabulary: dict[str, int] = {}
        tokens, frequencies, lengths = array("i"), array("f"), array("i")  # flat numbers: lists of objects would take ten times the memory
        for document in documents:
            tokens.extend(vocabulary.setdefault(token, len(vocabulary)) for token in document)
            frequencies.extend(document.values())
            lengths.append(len(document))
        return cls(
            vocabulary,
            *_weigh(
                np.array(tokens, dtype=np.int32),
                np.array(frequencies, dtype=np.float32),
                np.array(lengths, dtype=np.int64),
                len(vocabulary),
            ),
            len(lengths),
        )

    def scores(self, query: Mapping[str, float]) -> Weights:
        """The score of every row for a query given as token → weight."""
        found: Weights = np.zeros(self.size, dtype=np.float32)
        perfect = 0.0
        for token, weight in query.items():
            place = self.vocabulary.get(token)
            if place is None:
                perfect += weight * self._unknown_idf
                continue
            perfect += weight * float(self.idf[place])
            chosen = slice(self._starts[place], self._starts[place + 1])
            found[self._rows[chosen]] += weight * self._weights[chosen]
        return found / np.float32(perfect * (K1 + 1)) if perfect else found

    def save(self, folder: Path) -> None:
        """Write the arrays into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, values in (("starts", self._starts), ("rows", self._rows), ("weights", self._weights), ("idf", self.idf)):
            np.save(folder / f"{name}.npy", values)
        (folder / "vocabulary.json").write_text(
            json.dumps({"size": self.size, "tokens": list(self.vocabulary)}, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Map the arrays of `save`. Raises `OSError`, `ValueError` or `KeyError` when they are missing or damaged."""
        arrays: dict[str, Any] = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("starts", "rows", "weights", "idf")}
        data = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        vocabulary = {token: place for place, token in enumerate(data["tokens"])}
        if (
            len(arrays["starts"]) != len(vocabulary) + 1
            or arrays["starts"][-1] != len(arrays["rows"])
            or len(arrays["rows"]) != len(arrays["weights"])
        ):
            raise ValueError("the index arrays do not fit together")
        return cls(vocabulary, arrays["starts"], arrays["rows"], arrays["weights"], arrays["idf"], int(data["size"]))


def _weigh(
    tokens: NDArray[np.int32], frequencies: Weights, lengths: NDArray[np.int64], vocabulary: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], Weights, Weights]:
    """(starts, rows, weights, idf) of the postings sorted by token."""
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    totals = np.bincount(rows, weights=frequencies, minlength=len(lengths)).astype(np.float32)
    average = float(totals.mean()) if len(lengths) else 1.0
    in_documents = np.bincount(tokens, minlength=vocabulary)
    idf = np.log(1 + (len(lengths) - in_documents + 0.5) / (in_documents + 0.5)).astype(np.float32)
    weights = idf[tokens] * frequencies * np.float32(K1 + 1) / (frequencies + K1 * (1 - B + B * totals[rows] / max(average, 1e-9)))
    order = np.argsort(tokens, kind="stable")
    starts = np.concatenate([[0], np.cumsum(in_documents)]).astype(np.int64)
    return starts, rows[order], weights[order].astype(np.float32), idf
