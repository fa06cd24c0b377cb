"""Everything that is built from a corpus: keyword index, embedding and vectors, opened when first needed and rebuilt when missing or damaged."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import ModelUnavailable, StoreTrouble
from assistant.retrieval.chroma_store import ServerDown, VectorStore, build_store, open_store, reach, remove_superseded
from assistant.retrieval.corpus import Corpus
from assistant.retrieval.embedding import Embedding, Vectors
from assistant.retrieval.generation import Generations
from assistant.retrieval.keyword import KeywordIndex
from assistant.retrieval.lsa import DIMENSIONS, LsaEmbedding, embedded_text, examples

Progress = Callable[[str, int, int], None]
IN_MEMORY = 2_000  # passages up to which the keyword index is built faster than it is read
_BATCH = 1_000
RETRY_SECONDS = 30  # how long a server that did not answer is left alone


class Index:
    """The indexes of one corpus. `embedding` None means the offline one; `chroma_url` a Chroma server instead of files.

    Chroma is only loaded by `vectors`; when it cannot be, `notice` says so and the keyword index serves alone.
    """

    def __init__(self, corpus: Corpus, folder: Path, *, embedding: Embedding | None = None, chroma_url: str = "") -> None:
        self._corpus = corpus
        self._generations = Generations(folder)
        self._given = embedding
        self._chroma_url = chroma_url
        self._keyword: KeywordIndex | None = None
        self._vectors: tuple[Embedding, VectorStore] | None = None
        self._retry_at = float("-inf")
        self.notice = ""

    @property
    def key(self) -> str:
        """Name of what is built: kind of embedding and corpus hash."""
        return f"{self._given.name.replace('-', '') if self._given else f'lsa{DIMENSIONS}'}-{self._corpus.hash}"

    @property
    def keyword(self) -> KeywordIndex:
        """The keyword index."""
        if self._keyword is None:
            self._keyword = self._load_keyword()
        return self._keyword

    def nearest(self, text: str, top: int) -> Vectors:
        """Cosine similarity of every passage to `text`; zero beyond the `top` nearest and when vectors are not to be had."""
        found: Vectors = np.zeros(len(self._corpus.passages), dtype=np.float32)
        if not len(found):
            return found
        if time.monotonic() < self._retry_at:
            return found
        try:
            embedding, store = self._open_vectors()
            self.notice = ""
            for row, similarity in store.nearest(embedding.query(text), top):
                found[row] = max(0.0, similarity)
        except (StoreTrouble, ModelUnavailable) as trouble:
            self.notice, self._vectors = f"{trouble.message}本次只用关键词检索。", None
            if isinstance(trouble, ServerDown):
                self._retry_at = time.monotonic() + RETRY_SECONDS
        return found

    def rebuild(self, progress: Progress = lambda _label, _done, _total: None) -> Path:
        """Build a new generation and switch to it. Raises `StoreTrouble` or `ModelUnavailable`; the old one stays in use then."""
        if self._chroma_url:
            reach(self._chroma_url)
        folder = self._generations.build(
            self.key, len(self._corpus.passages), lambda building, check: self._write(building, check, progress)
        )
        self._vectors = None
        if self._chroma_url:
            with contextlib.suppress(
                StoreTrouble
            ):  # what was just built serves; what could not be removed is tried again at the next build
                remove_superseded(self._chroma_url, self._collection)
        return folder

    def verify(self) -> str:
        """What is wrong with the built index, in Chinese; empty when it is sound or not built yet."""
        try:
            reach(self._chroma_url) if self._chroma_url else None
        except StoreTrouble as trouble:
            return trouble.message
        folder = self._generations.current(self.key)
        if folder is None:
            return "检索索引已损坏，下次检索时自动重建。" if self._generations.ever_built(self.key) else ""
        try:
            self._probe(*self._open(folder))
        except StoreTrouble as trouble:
            return trouble.message
        return ""

    def _load_keyword(self) -> KeywordIndex:
        if len(self._corpus.passages) > IN_MEMORY:
            folder = self._generations.current(self.key) or self._rebuilt()
            try:
                if folder is not None:
                    return KeywordIndex.load(folder / "keyword")
            except (OSError, ValueError, KeyError):
                self._generations.discard(folder) if folder else None
        return KeywordIndex.build(self._corpus.passages)

    def _rebuilt(self) -> Path | None:
        try:
            return self.rebuild()
        except (StoreTrouble, ModelUnavailable) as trouble:
            self.notice = f"{trouble.message}本次只用关键词检索。"
            return None

    def _open_vectors(self) -> tuple[Embedding, VectorStore]:
        if self._vectors is None:
            folder = self._generations.current(self.key)
            self._vectors = (self._reopen(folder) if folder else None) or self._open(self.rebuild())
        return self._vectors

    def _reopen(self, folder: Path) -> tuple[Embedding, VectorStore] | None:
        """What was built earlier, or None after throwing it away because it is damaged."""
        try:
            opened = self._open(folder)
            self._probe(*opened)
        except ServerDown:
            raise
        except StoreTrouble:
            self._generations.discard(folder)
            return None
        return opened

    def _open(self, folder: Path) -> tuple[Embedding, VectorStore]:
        try:
            embedding = self._given or LsaEmbedding.load(folder / "lsa")
        except (OSError, ValueError) as error:
            raise StoreTrouble("离线向量的文件已损坏。", "将自动重建。") from error
        return embedding, open_store(self._chroma_url or folder / "chroma", self._collection)

    def _probe(self, embedding: Embedding, store: VectorStore) -> None:
        """A passage whose answer is known must be found: itself. Remote embeddings are not asked for it."""
        if store.size != len(self._corpus.passages):
            raise StoreTrouble("向量索引与资料库的条目数不一致。", "将自动重建。")
        if self._given is None and store.size:
            known = embedding.documents([embedded_text(self._corpus.passages[0])])[0]
            if not any(row == 0 for row, _ in store.nearest(known, 10)):
                raise StoreTrouble("向量索引查不到应有的条目。", "将自动重建。")

    @property
    def _collection(self) -> str:
        return f"nianbao-{self.key}"

    def _write(self, folder: Path, check: Callable[[], None], progress: Progress) -> dict[str, Any]:
        passages = self._corpus.passages
        progress("关键词索引", 0, len(passages))
        if len(passages) > IN_MEMORY:
            self._keyword = KeywordIndex.build(passages)
            self._keyword.save(folder / "keyword")
        check()
        texts = [embedded_text(passage) for passage in passages]
        embedding = self._given or LsaEmbedding.fit(texts, tuple(examples(passages)))
        if isinstance(embedding, LsaEmbedding):
            embedding.save(folder / "lsa")

        def batches() -> Iterator[tuple[int, Vectors]]:
            for start in range(0, len(texts), _BATCH):
                yield start, embedding.documents(texts[start : start + _BATCH])
                progress("向量索引", min(start + _BATCH, len(texts)), len(texts))

        place = self._chroma_url or folder / "chroma"
        if isinstance(place, Path):
            place.mkdir()
        build_store(place, self._collection, batches(), total=len(texts), check=check)
        return {"embedding": embedding.name}
