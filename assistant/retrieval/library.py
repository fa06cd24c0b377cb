"""The library: the shipped corpus and what the user imported. Adding is crash-safe and repeatable; the search index follows by itself."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from assistant.domain.passage import CorpusDocument, Passage
from assistant.domain.report import Report
from assistant.errors import AssistantError, InvalidData, UnreadableFile
from assistant.retrieval.copies import Copies, locked, short_hash
from assistant.retrieval.corpus import Corpus, assemble, shipped_documents
from assistant.retrieval.documents import Parsed
from assistant.retrieval.embedding import Embedding
from assistant.retrieval.file_text import SUFFIXES, read_text
from assistant.retrieval.index import Progress
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.official import parse_officials
from assistant.retrieval.past_reports import report_document
from assistant.retrieval.references import dangling
from assistant.retrieval.search import Retriever
from assistant.retrieval.store import CorpusStore, Stored
from assistant.retrieval.versions import arrange, merge, same_text

Status = Literal["added", "unchanged", "new_version", "official", "failed"]
_TOLD: dict[Status, str] = {
    "added": "已导入",
    "unchanged": "没有变化",
    "new_version": "新版本，旧版保留",
    "official": "已作为官方原文收入",
    "failed": "没有导入",
}


@dataclass(frozen=True)
class Added:
    """What became of one file or document. `message` tells in Chinese why it failed, with what to do."""

    name: str
    status: Status
    document: CorpusDocument | None = None
    passages: int = 0
    message: str = ""

    @property
    def told(self) -> str:
        """The status in Chinese."""
        return _TOLD[self.status]


@dataclass(frozen=True)
class Listed:
    """A document of the library. `origin` is where it comes from, `official` how many passages carry official wording."""

    document: CorpusDocument
    passages: int
    official: int
    origin: Literal["shipped", "imported"]
    added_on: date | None = None
    superseded: bool = False


class Library:
    """The library in a data directory: texts in `corpus/`, what is built from them in `index/`."""

    def __init__(self, data_dir: Path, *, shipped: tuple[Parsed, ...] | None = None) -> None:
        self._folder = data_dir / "corpus"
        self._index = data_dir / "index"
        self._shipped = shipped
        self._store = CorpusStore(self._folder / "library.sqlite")
        self._copies = Copies(self._folder / "files")

    @cached_property
    def shipped(self) -> tuple[Parsed, ...]:
        """The documents that come with the program."""
        return self._shipped if self._shipped is not None else shipped_documents()

    def corpus(self) -> Corpus:
        """Everything that is searched: the shipped documents, joined by the imported ones that are not superseded. Raises `StoreTrouble`, `InvalidData`."""
        self._recover()
        imported = [Parsed(one.document, self._store.passages(one.key)) for one in self._store.documents() if not one.superseded]
        return assemble(merge(self.shipped, imported))

    def retriever(self, *, chroma_url: str = "", embedding: Embedding | None = None) -> Retriever:
        """Search over the corpus as it is now."""
        return Retriever(self.corpus(), self._index, lexicon=shipped_lexicon(), chroma_url=chroma_url, embedding=embedding)

    def add(self, path: Path, *, today: date) -> tuple[Added, ...]:
        """Import the official texts in a file. Adding the same file again changes nothing. Raises `UnreadableFile`, `StoreTrouble`."""
        text = read_text(path)
        file = short_hash(path.read_bytes())
        with locked(self._folder):
            known = [one for one in self._store.documents() if one.file == file]
            if known:
                return tuple(Added(path.name, "unchanged", one.document) for one in known)
            parsed = parse_officials(text, path.name, known=self.shipped)
            self._copies.keep(path.read_bytes(), f"{file}{path.suffix.lower()}", path.name)
            return tuple(self._add(one, path.name, file, today) for one in parsed)

    def add_folder(
        self,
        folder: Path,
        *,
        today: date,
        progress: Progress = lambda _label, _done, _total: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Added]:
        """Import every readable file below a folder, one after another; a file that fails is reported and the run goes on.
        Stopped or interrupted, the same call goes on where it was: files already in are unchanged."""
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
        for done, path in enumerate(files):
            if stop():
                return
            progress(path.name, done, len(files))
            try:
                yield from self.add(path, today=today)
            except (UnreadableFile, InvalidData) as error:
                yield Added(path.name, "failed", message=f"{error.message}{error.hint}")
        progress("", len(files), len(files))

    def add_report(self, report: Report, *, today: date) -> Added:
        """Take in a past report, paragraph by paragraph. Raises `InvalidData`, `StoreTrouble`."""
        return self.add_document(report_document(report), name=report.source.file if report.source else report.title, today=today)

    def add_document(self, parsed: Parsed, *, name: str, today: date) -> Added:
        """Take in a document that was split elsewhere. Raises `StoreTrouble`."""
        data = TypeAdapter(Parsed).dump_json(parsed)
        with locked(self._folder):
            file = short_hash(data)
            added = self._add(parsed, name, file, today)
            if added.status != "unchanged":
                self._copies.keep(data, f"{file}.json", name)
            return added

    def list(self) -> tuple[Listed, ...]:
        """All documents: shipped ones first, superseded versions included."""
        corpus = self.corpus()
        stored = {one.document.id: one for one in self._store.documents() if not one.superseded}
        found = []
        for document in corpus.documents.values():
            passages = corpus.of(document.id)
            own = stored.get(document.id)
            shipped = any(one.document.id == document.id for one in self.shipped)
            found.append(
                Listed(
                    document,
                    len(passages),
                    sum(bool(one.official) for one in passages),
                    "shipped" if shipped else "imported",
                    own.added_on if own else None,
                )
            )
        old = (one for one in self._store.documents() if one.superseded)
        return (
            *found,
            *(Listed(one.document, len(self._store.passages(one.key)), 0, "imported", one.added_on, superseded=True) for one in old),
        )

    def show(self, name: str) -> tuple[CorpusDocument, tuple[Passage, ...]]:
        """A document by id, number or alias with its passages. Raises `InvalidData` when there is none."""
        corpus = self.corpus()
        for document in corpus.documents.values():
            if name in {document.id, document.number, document.title, *document.aliases}:
                return document, corpus.of(document.id)
        raise InvalidData(f"资料库里没有“{name}”。", "用 nianbao corpus list 查看全部资料的编号。")

    def remove(self, name: str) -> tuple[CorpusDocument, ...]:
        """Take out what was imported under an id or number; shipped digests stay. Raises `InvalidData`, `StoreTrouble`."""
        with locked(self._folder):
            stored = self._store.documents()
            gone = [one for one in stored if name in {one.document.id, one.document.number, one.key}]
            if not gone:
                raise InvalidData(f"没有导入过“{name}”。", "随程序提供的资料不能移除；用 nianbao corpus list 查看。")
            kept = {one.file for one in stored if one not in gone}
            for file in {one.file for one in gone} - kept:
                self._copies.drop(file)
            self._store.remove(tuple(one.key for one in gone))
        return tuple(one.document for one in gone)

    def rebuild(
        self, *, progress: Progress = lambda _label, _done, _total: None, chroma_url: str = "", embedding: Embedding | None = None
    ) -> int:
        """Build the index anew from the texts; the number of passages. Raises `StoreTrouble`, `ModelUnavailable`."""
        retriever = self.retriever(chroma_url=chroma_url, embedding=embedding)
        retriever.index.rebuild(progress)
        return len(retriever.corpus.passages)

    def verify(self, *, chroma_url: str = "", embedding: Embedding | None = None) -> tuple[str, ...]:
        """What is wrong with texts and index, in Chinese; empty when all is well."""
        found = [self._store.trouble()]
        try:
            retriever = self.retriever(chroma_url=chroma_url, embedding=embedding)
            found.append(retriever.index.verify())
            found += (
                f"{passage} 引用的 {target} 不在资料库中。"
                for passage, target in dangling(passage for one in self.shipped for passage in one.passages)
                if target not in retriever.corpus.by_id
            )
        except AssistantError as error:
            found.append(error.message)
        return tuple(dict.fromkeys(message for message in found if message))

    def _add(self, parsed: Parsed, name: str, file: str, today: date) -> Added:
        key = short_hash("\x1f".join((parsed.document.id, parsed.document.title, *(passage.hash for passage in parsed.passages))).encode())
        others = self._store.documents()
        twin = next((one for one in others if one.key == key), None)
        if twin and not twin.superseded:
            return Added(name, "unchanged", twin.document, len(parsed.passages))
        overlays = any(one.document.id == parsed.document.id for one in self.shipped)
        stored, changed = arrange(Stored(key, file, name, today, False, parsed.document), others)
        if stored.document.id != parsed.document.id:
            parsed = Parsed(stored.document, tuple(_under(passage, stored.document.id) for passage in parsed.passages))
        older = [one for one in self.shipped if not overlays and same_text(one.document, stored.document)]
        stored = replace(stored, document=_before(stored.document, older))
        self._store.add(stored, parsed, changed=changed)
        status: Status = "new_version" if changed else "official" if overlays else "added"
        return Added(name, status, stored.document, len(parsed.passages))

    def _recover(self) -> None:
        """Put a damaged or emptied library aside and make it again from the copies of the imported files."""
        path = self._folder / "library.sqlite"
        copies = self._copies.all()
        if not path.exists() and not copies:
            return
        files = set() if self._store.trouble() else {one.file for one in self._store.documents()}
        missing = [one for one in copies if one.stem not in files]
        if not self._store.trouble() and not missing:
            return
        with locked(self._folder):
            if self._store.trouble():
                aside = path.with_name(f"library.damaged-{uuid.uuid4().hex[:6]}.sqlite")
                for suffix in ("-wal", "-shm"):
                    path.with_name(path.name + suffix).unlink(missing_ok=True)
                path.replace(aside)
            for copy in missing:
                self._again(copy)

    def _again(self, copy: Path) -> None:
        name = self._copies.name(copy)
        with contextlib.suppress(UnreadableFile, ValidationError):
            if copy.suffix == ".json":
                parsed: tuple[Parsed, ...] = (TypeAdapter(Parsed).validate_json(copy.read_bytes()),)
            else:
                parsed = parse_officials(read_text(copy), name, known=self.shipped)
            for one in parsed:
                self._add(one, name, copy.stem, date.fromtimestamp(copy.stat().st_mtime))


def _under(passage: Passage, document: str) -> Passage:
    return passage.model_copy(update={"document": document, "id": f"{document}#{passage.label}"})


def _before(document: CorpusDocument, shipped: list[Parsed]) -> CorpusDocument:
    """An imported earlier version of a shipped text ends where the shipped one begins."""
    for one in shipped:
        first, own = one.document.effective_from, document.effective_from
        if first and own and own < first:
            return document.model_copy(update={"effective_to": first.fromordinal(first.toordinal() - 1), "repealed_by": one.document.id})
    return document
