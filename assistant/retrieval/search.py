"""The search port: scope first (document, date), then views of the text, lexicon and vectors, fused by measured weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.passage import Scored
from assistant.retrieval.corpus import Corpus
from assistant.retrieval.embedding import Embedding
from assistant.retrieval.index import Index
from assistant.retrieval.lexicon import Lexicon
from assistant.retrieval.postings import Weights
from assistant.retrieval.tokens import counts

Scope = Collection[str]
VECTOR_TOP = 100


@dataclass(frozen=True)
class Fusion:
    """Weights of the sources in the final score; they sum to 1. `bench/retrieval.py` measures what each is worth."""

    text: float = 0.20
    asks: float = 0.20
    ask: float = 0.15
    lexicon: float = 0.15
    vector: float = 0.30

    def items(self) -> tuple[tuple[str, float], ...]:
        """Source → weight."""
        return (("text", self.text), ("asks", self.asks), ("ask", self.ask), ("lexicon", self.lexicon), ("vector", self.vector))


WORDS = Fusion(text=0.29, asks=0.29, ask=0.21, lexicon=0.21, vector=0)  # the same without vectors


class Retriever:
    """Search over one corpus, and with `outside` over what it does not settle. Safe to keep for the life of a process; the index is opened at the first search."""

    def __init__(
        self,
        corpus: Corpus,
        index_folder: Path,
        *,
        lexicon: Lexicon | None = None,
        fusion: Fusion | None = None,
        embedding: Embedding | None = None,
        chroma_url: str = "",
    ) -> None:
        self.corpus = corpus
        self.index = Index(corpus, index_folder, embedding=embedding, chroma_url=chroma_url)
        self._lexicon = lexicon or Lexicon()
        self._fusion = fusion or Fusion()
        self.outside = Retriever(corpus.outside, index_folder, lexicon=lexicon, fusion=WORDS) if corpus.outside else None
        self._last: tuple[str, Mapping[str, Weights]] | None = None
        order = {document: place for place, document in enumerate(corpus.documents)}
        self._documents = np.array([order[passage.document] for passage in corpus.passages], dtype=np.int32)

    @property
    def notice(self) -> str:
        """Why vectors are missing, in Chinese; empty when all indexes serve."""
        return self.index.notice

    def search(
        self, query: str, *, top: int = 10, scope: Scope | None = None, as_of: date | None = None, fusion: Fusion | None = None
    ) -> tuple[Scored, ...]:
        """The best passages for a question, best first. `scope` limits to documents by id, `as_of` to those in force on that day."""
        sources = self._sources_once(query)
        total = sum(
            (weight * sources[name] for name, weight in (fusion or self._fusion).items()),
            np.zeros(len(self.corpus.passages), dtype=np.float32),
        )
        total = np.where(self._allowed(scope, as_of), total, 0)
        best = np.argsort(-total, kind="stable")[:top]
        return tuple(self._scored(int(row), float(total[row]), sources) for row in best if total[row] > 0)

    def evidence(self, query: str, scope: Scope | None = None, *, as_of: date | None = None) -> Mapping[str, float]:
        """Source → the best score that any passage of the scope gets for a question; `all` for the fused one."""
        sources, allowed = self._sources_once(query), self._allowed(scope, as_of)
        if not allowed.any():
            return dict.fromkeys(("all", *sources), 0.0)
        total = sum((weight * sources[name] for name, weight in self._fusion.items()), np.zeros(len(allowed), dtype=np.float32))
        return {"all": float(total[allowed].max()), **{name: float(values[allowed].max()) for name, values in sources.items()}}

    def _sources_once(self, query: str) -> Mapping[str, Weights]:
        """The sources of the last query are kept: one question is searched in several scopes."""
        last = self._last
        if last is None or last[0] != query:
            last = self._last = (query, self.sources(query))
        return last[1]  # never `self._last`: another thread may have put its own query there

    def sources(self, query: str) -> Mapping[str, Weights]:
        """Source → score of every passage, before fusion."""
        words = {token: float(count) for token, count in counts((query,)).items()}
        keyword = self.index.keyword
        meanings = self._lexicon.expansion(query)
        lexicon = keyword.text.scores(meanings) if meanings else np.zeros(len(self.corpus.passages), dtype=np.float32)
        vector = self.index.nearest(query, VECTOR_TOP) if self._fusion.vector else np.zeros(len(self.corpus.passages), dtype=np.float32)
        return {**keyword.scores(words), "lexicon": lexicon, "vector": vector}

    def _allowed(self, scope: Scope | None, as_of: date | None) -> NDArray[np.bool_]:
        wanted = np.array(
            [
                (scope is None or name in scope) and (as_of is None or document.in_force(as_of))
                for name, document in self.corpus.documents.items()
            ],
            dtype=bool,
        )
        return wanted[self._documents]

    def _scored(self, row: int, score: float, sources: Mapping[str, Weights]) -> Scored:
        passage = self.corpus.passages[row]
        parts = tuple((name, round(float(values[row]), 4)) for name, values in sources.items())
        return Scored(passage=passage, document=self.corpus.document_of(passage), score=score, sources=parts)
