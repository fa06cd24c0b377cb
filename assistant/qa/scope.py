"""Whether the texts settle a question: one weighted sum over what search found among the articles and among the decoys, and over the question's words.

The weights are fitted by `python -m bench.held_out` on ways of asking that the index has not seen, and stand in `data/scope.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.qa.triggers import says
from assistant.retrieval.corpus import Corpus
from assistant.retrieval.search import Retriever
from assistant.retrieval.tokens import grams

_BY_LENGTH = ("strange_words", "decoy_ask")  # signs that say another thing in a whole question than in a few words
_MIDDLE = 2.6  # logarithm of the length, in characters, at which they count as they stand


class Weights(Frozen):
    """Everything in `data/scope.yaml`: the weight of each sign, the sum from which a question is held to be outside, and how a quantity is asked for."""

    constant: float
    threshold: float
    quantity: str
    weights: dict[str, float]


@dataclass(frozen=True)
class Signs:
    """What speaks for and against a question being settled by the texts, by name."""

    values: Mapping[str, float]

    @property
    def outside(self) -> float:
        """Above zero when the question is held to be outside of what the texts settle."""
        fitted = weights()
        return fitted.constant + sum(fitted.weights[name] * value for name, value in self.values.items()) - fitted.threshold


def signs(question: str, retriever: Retriever, day: date) -> Signs:
    """The signs for a question on a day."""
    corpus = retriever.corpus
    legal = {name for name, document in corpus.documents.items() if document.is_legal}
    guidance = {name for name, document in corpus.documents.items() if document.kind == "guidance"}
    articles = retriever.evidence(question, legal, as_of=day)
    decoys = retriever.outside.evidence(question) if retriever.outside else {}
    best = retriever.search(question, top=1, scope=legal, as_of=day)
    found = {
        **{f"article_{name}": value for name, value in articles.items()},
        **{f"decoy_{name}": value for name, value in decoys.items() if name != "vector"},
        "guidance_all": retriever.evidence(question, guidance)["all"],
        "unexplained": corpus.unexplained(question, best[0].passage) if best else 1.0,
        "asks_quantity": float(says(weights().quantity, question)),
        **_words(question, corpus),
    }
    length = math.log(max(1, len(question)))
    return Signs({**found, "length": length, **{f"{name}_by_length": found.get(name, 0.0) * (length - _MIDDLE) for name in _BY_LENGTH}})


def _words(question: str, corpus: Corpus) -> Mapping[str, float]:
    tokens = set(grams(question))
    pairs = [token for token in tokens if len(token) == 2]
    leaning = sum(corpus.strange_words.get(token, 0.0) for token in tokens)
    return {
        "unknown_words": sum(token not in corpus.pairs for token in pairs) / len(pairs) if pairs else 0.0,
        "strange_words": leaning / max(1, len(tokens)) ** 0.7,
    }


@cache
def weights() -> Weights:
    """The weights that ship with the program. Raises `InvalidData`."""
    return load_data("assistant.qa", "data/scope.yaml", Weights, called="问答规则文件", hint="请重新安装程序。")
