"""Questions that the index has not seen: every way of asking is taken out once, in folds, and must still find its passage. Decoys are taken out as whole
matters, so that nothing written about the same matter helps: what is asked about them must be refused.

`python -m bench held_out` measures; `python -m bench.held_out` fits the weights of `assistant/qa/data/scope.yaml` anew and prints them.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.qa.answer import answer_question
from assistant.qa.question import Question
from assistant.qa.scope import signs, weights
from assistant.retrieval.corpus import Corpus, shipped_corpus
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.outside import OUTSIDE
from assistant.retrieval.search import Fusion, Retriever
from bench.harness import Note

TODAY = date(2026, 11, 24)
FOLDS = 5
RIDGE = 3.0
WRONGLY_REFUSED = 0.02  # share of questions within that may be taken for outside ones when the threshold is set
LENGTHS = (9, 12, 15, 19)  # characters at which a question counts as longer
ASKED = (0.12, 0.20, 0.23, 0.25, 0.20)  # how often each length is asked, whatever we happened to write of it
QUANTITY = weights().quantity
FUSIONS = {
    "基线：正文 BM25": Fusion(1, 0, 0, 0, 0),
    "关键词（正文＋问法）": Fusion(0.4, 0.35, 0.25, 0, 0),
    "词表": Fusion(0, 0, 0, 1, 0),
    "向量（离线，学过问法）": Fusion(0, 0, 0, 0, 1),
    "关键词＋向量": Fusion(0.25, 0.25, 0.2, 0, 0.3),
    "关键词＋词表": Fusion(0.3, 0.3, 0.2, 0.2, 0),
    "全部融合": Fusion(),
}


@dataclass(frozen=True)
class Fold:
    """A corpus without some ways of asking, and these with the passage that answers."""

    corpus: Corpus
    held: tuple[tuple[str, str], ...]


@cache
def folds() -> tuple[Fold, ...]:
    """All ways of asking for articles in force, mixed by a fixed rule, and all decoys, matter by matter, in `FOLDS` parts."""
    corpus = shipped_corpus()
    asked = [
        (passage.id, ask)
        for passage in corpus.passages
        if (document := corpus.document_of(passage)).is_legal and document.in_force(TODAY)
        for ask in passage.asks
    ]
    decoys = list(corpus.outside.passages) if corpus.outside else []
    mixed = random.Random(1)
    mixed.shuffle(asked)
    mixed.shuffle(decoys)
    return tuple(
        _fold(corpus, tuple(asked[part::FOLDS]), tuple((decoy.id, ask) for decoy in decoys[part::FOLDS] for ask in decoy.asks))
        for part in range(FOLDS)
    )


def _fold(corpus: Corpus, asked: tuple[tuple[str, str], ...], decoys: tuple[tuple[str, str], ...]) -> Fold:
    held, matters = set(asked), {name for name, _ in decoys}
    passages = tuple(
        passage.model_copy(update={"asks": tuple(ask for ask in passage.asks if (passage.id, ask) not in held)})
        for passage in corpus.passages
    )
    outside = corpus.outside and Corpus(
        corpus.outside.documents, tuple(decoy for decoy in corpus.outside.passages if decoy.id not in matters)
    )
    return Fold(Corpus(corpus.documents, passages, outside), asked + decoys)


def suite() -> Iterator[Note]:
    """Recall by source on articles, and refusals by the whole answer."""
    legal = {name for name, document in shipped_corpus().documents.items() if document.is_legal}
    ranks: dict[str, list[int]] = {name: [] for name in FUSIONS}
    refused: dict[bool, list[bool]] = {True: [], False: []}
    for fold in folds():
        with tempfile.TemporaryDirectory() as folder:
            retriever = Retriever(fold.corpus, Path(folder), lexicon=shipped_lexicon())
            for passage, ask in fold.held:
                if not passage.startswith(OUTSIDE):
                    for name, fusion in FUSIONS.items():
                        found = [one.passage.id for one in retriever.search(ask, top=5, scope=legal, as_of=TODAY, fusion=fusion)]
                        ranks[name].append(found.index(passage) + 1 if passage in found else 9)
                refused[passage.startswith(OUTSIDE)].append(answer_question(Question(ask, TODAY), retriever).refused)
    for name, places in ranks.items():
        yield Note(
            f"留出的问法，R@1 / R@5　{name}（{len(places)} 问）",
            f"{np.mean(np.array(places) == 1):.2f} / {np.mean(np.array(places) <= 5):.2f}",
        )
    yield Note(f"留出的范围外问法，拒答（{len(refused[True])} 问）", f"{np.mean(refused[True]):.2f}")
    yield Note(f"留出的条文问法，误拒（{len(refused[False])} 问）", f"{np.mean(refused[False]):.3f}", "≤ .05")


def fit() -> str:
    """The content of `scope.yaml`: a logistic regression over the signs of all held-out questions, both sides weighing the same at every length."""
    rows, outside, lengths = [], [], []
    for fold in folds():
        with tempfile.TemporaryDirectory() as folder:
            retriever = Retriever(fold.corpus, Path(folder), lexicon=shipped_lexicon())
            for passage, ask in fold.held:
                rows.append(signs(ask, retriever, TODAY).values)
                outside.append(passage.startswith(OUTSIDE))
                lengths.append(len(ask))
    names = sorted(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    wanted = np.array(outside)
    weight = _balanced(np.digitize(lengths, LENGTHS), wanted)
    middle, spread = values.mean(0), values.std(0)
    solved = _logistic((values - middle) / spread, wanted, weight)
    real = solved[:-1] / spread
    constant = float(solved[-1] - (real * middle).sum())
    sums = values @ real + constant
    falling = np.argsort(-sums)
    wrong = np.cumsum((weight * ~wanted)[falling]) / (weight * ~wanted).sum()
    threshold = float(sums[falling][np.searchsorted(wrong, WRONGLY_REFUSED)])
    caught = float((weight * wanted * (sums > threshold)).sum() / (weight * wanted).sum())
    lines = [f"  {name}: {one:.3f}" for name, one in zip(names, real, strict=True)]
    return "\n".join(
        (
            f"# {len(rows)} held-out questions: {caught:.2f} of those outside found at {WRONGLY_REFUSED:.0%} of the others, all lengths as often as asked.",
            f"quantity: '{QUANTITY}'",
            f"constant: {constant:.3f}",
            f"threshold: {threshold:.3f}",
            "weights:",
            *lines,
            "",
        )
    )


def _balanced(length: NDArray[np.int64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """A weight for every question: within each length those outside and the others weigh the same."""
    found = np.zeros(len(wanted))
    for place, share in enumerate(ASKED):
        for side in (True, False):
            chosen = (length == place) & (wanted == side)
            found[chosen] = share / max(1, chosen.sum())
    balanced: NDArray[np.float64] = found / found.mean()
    return balanced


def _logistic(values: NDArray[np.float64], wanted: NDArray[np.bool_], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Newton's method with a little ridge."""
    rows = np.hstack([values, np.ones((len(values), 1))])
    found = np.zeros(rows.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-rows @ found))
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + RIDGE * np.eye(len(found))
        found -= np.linalg.solve(curve, rows.T @ (weight * (chance - wanted)) + RIDGE * found)
    return found


if __name__ == "__main__":
    sys.stdout.write(fit())
