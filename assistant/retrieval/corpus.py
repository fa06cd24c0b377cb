"""The corpus in memory: the shipped documents, joined by what the user imported."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from assistant.data_files import shipped
from assistant.domain.passage import CorpusDocument, Passage
from assistant.errors import InvalidData
from assistant.retrieval.documents import Parsed, read_document, with_situations
from assistant.retrieval.labels import fold_label
from assistant.retrieval.outside import OUTSIDE, read_outside
from assistant.retrieval.references import link
from assistant.retrieval.tokens import counts, grams

FOLDERS = ("law", "guidance")
RARE = 0.2  # occurrences that a word which was never heard is given


@dataclass(frozen=True)
class Corpus:
    """Documents by id and all passages, grouped by document and in printed order. `outside` holds what the texts do not settle, apart: it never
    changes what is found among them."""

    documents: Mapping[str, CorpusDocument]
    passages: tuple[Passage, ...]
    outside: Corpus | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Passage]:
        """Passages by id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def _by_label(self) -> Mapping[tuple[str, str], Passage]:
        return {(passage.document, fold_label(passage.label)): passage for passage in self.passages}

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Pairs of characters that occur in the texts and in the ways of asking for them; what has no asks (imported texts) does not count."""
        return frozenset(token for token in self._words if len(token) == 2)

    def unexplained(self, question: str, passage: Passage) -> float:
        """0..1: how much of a question's pairs of characters, the rarer the more, the passage and the ways of asking for it do not have."""
        said = self._said.setdefault(
            passage.id, frozenset(counts((passage.text, passage.topic, *passage.terms, *passage.asks, *passage.facts)))
        )
        known = len(self.passages) + self._words.total() / max(1, len(self._words))
        weights = {token: math.log(1 + known / (1 + self._words[token])) for token in grams(question) if len(token) == 2}
        return sum(weight for token, weight in weights.items() if token not in said) / (sum(weights.values()) or 1.0)

    @cached_property
    def _said(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def strange_words(self) -> Mapping[str, float]:
        """Token → how much more often, as a logarithm, it is heard in questions that the texts do not settle than in those that they do."""
        within, outside = self._words, self.outside._words if self.outside else Counter[str]()
        known = within.keys() | outside.keys()
        ahead = math.log((within.total() + RARE * len(known)) / (outside.total() + RARE * len(known)))
        return {token: math.log((outside[token] + RARE) / (within[token] + RARE)) + ahead for token in known}

    @cached_property
    def _words(self) -> Counter[str]:
        """In how many texts and ways of asking each token occurs. What decoys say is a reason to give, not a text."""
        found: Counter[str] = Counter()
        for passage in self.passages:
            said = () if passage.document == OUTSIDE else (*passage.facts, passage.text)
            for text in (*passage.asks, "，".join((passage.topic, *passage.terms)), *said) if passage.asks else ():
                found.update(set(grams(text)))
        return found

    @cached_property
    def hash(self) -> str:
        """The hash of all passages and of the dates that search looks at: the name of what is built from this corpus."""
        digest = hashlib.sha256()
        for document in self.documents.values():
            digest.update(document.model_dump_json().encode())
        for passage in self.passages:
            digest.update(passage.hash.encode())
        return digest.hexdigest()[:16]

    def find(self, document: str, label: str) -> Passage | None:
        """The passage with this label, however its number is written."""
        return self._by_label.get((document, fold_label(label)))

    def of(self, document: str) -> tuple[Passage, ...]:
        """The passages of a document in printed order."""
        return tuple(passage for passage in self.passages if passage.document == document)

    def document_of(self, passage: Passage) -> CorpusDocument:
        """The document a passage belongs to."""
        return self.documents[passage.document]


def corpus_folder() -> Path:
    """Where the shipped texts lie."""
    return shipped("corpus")


def assemble(parsed: Iterable[Parsed]) -> Corpus:
    """One corpus of several documents, references between them linked. Raises `InvalidData` when an id occurs twice."""
    documents: dict[str, CorpusDocument] = {}
    passages: list[Passage] = []
    outside: Corpus | None = None
    for one in parsed:
        if one.document.id == OUTSIDE:
            outside = Corpus({OUTSIDE: one.document}, one.passages)
            continue
        if one.document.id in documents:
            raise InvalidData(f"资料库中有两份文件的编号都是 {one.document.id}。", "请修改其中一份的 id。")
        documents[one.document.id] = one.document
        passages += one.passages
    return Corpus(documents, link(documents, passages), outside)


def read_folder(folder: Path) -> tuple[Parsed, ...]:
    """All documents of a corpus folder. Raises `InvalidData`."""
    files = [path for name in FOLDERS for path in sorted((folder / name).glob("*.md")) if path.stem != "README"]
    situations = folder / "situations.yaml"
    told = with_situations(map(read_document, files), situations.read_text(encoding="utf-8") if situations.exists() else "")
    return (*told, *read_outside(folder))


@cache
def shipped_documents() -> tuple[Parsed, ...]:
    """The documents that come with the program."""
    return read_folder(corpus_folder())


@cache
def shipped_corpus() -> Corpus:
    """The corpus as shipped, without anything imported."""
    return assemble(shipped_documents())
