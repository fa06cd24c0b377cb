"""Whether the texts settle a question: one weighted sum over what search found among the articles and among the decoys, and over the question's words.

The weights are fitted by `python -m bench.held_out` on ways of asking that the index has not seen, and stand in `data/scope.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.retrieval.corpus import Corpus
from assistant.retrieval.search import Retriever
from assistant.retrieval.tokens import grams


class Weights(Frozen):
    """Everything in `data/scope.yaml`: the weight of each sign, and the sum from which a question is held to be outside."""

    constant: float
    threshold: float
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
    kinds = {name: document.kind for name, document in corpus.documents.items()}
    articles = retriever.evidence(question, {name for name, document in corpus.documents.items() if document.is_legal}, as_of=day)
    decoys = retriever.outside.evidence(question) if retriever.outside else {}
    guidance = retriever.evidence(question, {name for name, kind in kinds.items() if kind == "guidance"})
    found = {
        **{f"article_{name}": value for name, value in articles.items()},
        **{f"decoy_{name}": value for name, value in decoys.items() if name != "vector"},
    }
    return Signs({**found, "guidance_all": guidance["all"], **_words(question, corpus)})


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
