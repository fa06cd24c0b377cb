"""Vectors in Chroma: an embedded store in a folder, or a collection on a Chroma server. Rows of a corpus in, rows and similarities out.

Embeddings are always passed, so Chroma never loads one of its own; batches stay below its limit. After the build nothing is written into a
folder; a collection on a server keeps the time of its last use, so that what nobody uses any more can be told and removed.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import StoreTrouble
from assistant.retrieval.embedding import Vectors

BATCH = 2_000  # Chroma refuses more than 5,461 rows at once
Progress = Callable[[int, int], None]
_HNSW = {"hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200}}


_LOCAL = {"localhost", "127.0.0.1", "::1"}
_ALIVE_SECONDS = 3
_ANSWER_SECONDS = 60
GRACE_SECONDS = 86_400  # how long after its last use a superseded collection on a server stays: other processes may still search it
_MARKED_SECONDS = 3_600  # how often a process in use marks its collection
_OURS = re.compile(r"nianbao-[A-Za-z0-9_.]+-[0-9a-f]+")


class ServerDown(StoreTrouble):
    """The Chroma server does not answer. What is built on this machine is not at fault and stays."""


class VectorStore:
    """One collection, opened for reading."""

    def __init__(self, collection: Any, size: int, *, shared: bool = False) -> None:
        self._collection = collection
        self.size = size
        self._mark_at = time.time() if shared else float("inf")

    def nearest(self, vector: Vectors, top: int) -> tuple[tuple[int, float], ...]:
        """(row, cosine similarity) of the nearest rows, best first. Raises `StoreTrouble`."""
        wanted = min(top, self.size)
        if not wanted:
            return ()
        with_trouble = _guard("查询")
        if time.time() >= self._mark_at:
            with_trouble(self._mark_used)
        found = with_trouble(lambda: self._collection.query(query_embeddings=[vector.tolist()], n_results=wanted, include=["distances"]))
        return tuple((int(row), 1.0 - float(distance)) for row, distance in zip(found["ids"][0], found["distances"][0], strict=True))

    def _mark_used(self) -> None:
        """Say on the server that somebody uses this collection."""
        self._collection.modify(metadata={"rows": self.size, "used": int(time.time())})
        self._mark_at = time.time() + _MARKED_SECONDS


def remove_superseded(url: str, name: str) -> tuple[str, ...]:
    """Remove from the server at `url` the collections of this program that `name` has superseded, of the same kind of embedding and unused for
    `GRACE_SECONDS`; their names. Others on the server are never touched. Raises `StoreTrouble`."""
    kind, before = name.rsplit("-", 1)[0], time.time() - GRACE_SECONDS

    def removed() -> tuple[str, ...]:
        client = _client(url)
        others = [
            one
            for one in client.list_collections()
            if one.name != name and _OURS.fullmatch(one.name) and one.name.rsplit("-", 1)[0] == kind
        ]
        for one in others:
            if "used" not in (one.metadata or {}):  # of an earlier version of this program: its time runs from now
                one.modify(metadata={**(one.metadata or {}), "used": int(time.time())})
        old = [one.name for one in others if (one.metadata or {}).get("used", time.time()) < before]
        for gone in old:
            client.delete_collection(gone)
        return tuple(old)

    found: tuple[str, ...] = _guard("清理")(removed)
    return found


def build_store(
    place: Path | str, name: str, batches: Iterator[tuple[int, Vectors]], *, total: int, check: Callable[[], None] = lambda: None
) -> None:
    """Write a new collection `name` into the folder or on the server at `place`. `batches` gives (first row, vectors);
    `check` is called after every batch and may raise to stop. Raises `StoreTrouble`."""
    guard = _guard("建立")
    client = guard(lambda: _client(place))
    guard(lambda: _drop(client, name))
    collection = guard(
        lambda: client.create_collection(
            name, embedding_function=None, configuration=_HNSW, metadata={"rows": total, "used": int(time.time())}
        )
    )
    for first, vectors in batches:
        for start in range(0, len(vectors), BATCH):
            chunk = vectors[start : start + BATCH]
            ids = [str(first + start + offset) for offset in range(len(chunk))]
            guard(partial(collection.add, ids=ids, embeddings=chunk))
        check()
    if isinstance(place, Path):
        guard(lambda: _close(client))


def open_store(place: Path | str, name: str) -> VectorStore:
    """The collection `name`, checked for its number of rows. Raises `StoreTrouble` when it is missing, incomplete or unreadable."""

    def opened() -> VectorStore:
        collection = _client(place).get_collection(name, embedding_function=None)
        size = collection.count()
        if size != (collection.metadata or {}).get("rows"):
            raise StoreTrouble("向量索引不完整。", "将自动重建。")
        return VectorStore(collection, size, shared=isinstance(place, str))

    store: VectorStore = _guard("打开")(opened)
    return store


def reach(url: str) -> None:
    """Nothing when the server at `url` answers. Raises `ServerDown`."""
    _guard("打开")(lambda: _client(url))


def _guard(action: str) -> Callable[[Callable[[], Any]], Any]:
    """Runs a call into Chroma and turns whatever it raises into `StoreTrouble`: its errors share no base class."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except _gone() as error:
            raise ServerDown(f"Chroma 服务器没有应答（{type(error).__name__}）。", "请确认服务器在运行；其间只用关键词检索。") from error
        except _troubles() as error:
            raise StoreTrouble(f"向量索引无法{action}：{type(error).__name__}。", "将自动重建；其间只用关键词检索。") from error

    return run


def _gone() -> tuple[type[Exception], ...]:
    try:
        import httpx
    except ImportError:
        return ()
    return (httpx.TransportError,)


def _troubles() -> tuple[type[Exception], ...]:
    try:
        from chromadb.errors import ChromaError
    except ImportError:
        return (ImportError,)
    return (ChromaError, sqlite3.Error, ImportError, OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, EOFError)


def _client(place: Path | str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    if isinstance(place, Path):
        if not (place / "chroma.sqlite3").exists() and any(place.glob("*")):
            raise StoreTrouble("向量索引的文件不全。", "将自动重建。")
        return chromadb.PersistentClient(path=str(place), settings=settings)
    return _server(place, settings)


def _server(url: str, settings: Any) -> Any:
    """A client of the server at `url`. It is asked for a sign of life first: Chroma's own client waits without end. Raises `ServerDown`."""
    import chromadb
    import httpx

    parts = urlsplit(url)
    host, local = parts.hostname or "localhost", parts.hostname in _LOCAL
    try:
        with httpx.Client(timeout=_ALIVE_SECONDS, trust_env=not local) as probe:
            probe.get(f"{url.rstrip('/')}/api/v2/heartbeat").raise_for_status()
        with _without_proxy(host) if local else nullcontext():
            client: Any = chromadb.HttpClient(host=host, port=parts.port or 8000, ssl=parts.scheme == "https", settings=settings)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise ServerDown(
            f"连不上 Chroma 服务器 {url}（{type(error).__name__}）。", "请确认服务器已启动、地址无误，或者去掉这项设置改用本机索引。"
        ) from error
    client._server._session.timeout = httpx.Timeout(_ANSWER_SECONDS)
    return client


@contextmanager
def _without_proxy(host: str) -> Iterator[None]:
    """Chroma's client reads the proxy settings of the environment when it is made, for this machine's own address as well."""
    before = os.environ.get("NO_PROXY")
    os.environ["NO_PROXY"] = ",".join(filter(None, (before, host)))
    try:
        yield
    finally:
        os.environ.pop("NO_PROXY", None) if before is None else os.environ.update(NO_PROXY=before)


def _drop(client: Any, name: str) -> None:
    if name in {collection.name for collection in client.list_collections()}:
        client.delete_collection(name)


def _close(client: Any) -> None:
    """Give up the files, so that the folder can be renamed and opened again."""
    from chromadb.api.shared_system_client import SharedSystemClient

    client._system.stop()
    SharedSystemClient._identifier_to_system.pop(client._identifier, None)
