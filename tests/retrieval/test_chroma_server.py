"""A Chroma server instead of files: index, question, rebuilding, and a server that is gone. Skipped where no server can be started."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from assistant.errors import StoreTrouble
from assistant.qa.answer import answer_question
from assistant.qa.question import Question
from assistant.retrieval.chroma_store import GRACE_SECONDS
from assistant.retrieval.corpus import shipped_corpus
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.search import Retriever

TODAY = date(2026, 11, 24)
QUESTION = "申请交上去多久必须答复"


class Server:
    """`chroma run` on a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._folder = folder
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = Path(sys.executable).with_name("chroma")
        if not command.exists():
            pytest.skip("没有 chroma 命令，不能起服务器")
        arguments = [str(command), "run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder)
        for _ in range(150):
            try:
                with httpx.Client(trust_env=False, timeout=1) as client:
                    if client.get(f"{self.url}/api/v2/heartbeat").is_success:
                        return
            except httpx.HTTPError:
                time.sleep(0.2)
        self.stop()
        pytest.skip("chroma 服务器起不来")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "server"
    folder.mkdir()
    found = Server(folder)
    found.start()
    yield found
    found.stop()


def retriever(folder: Path, url: str) -> Retriever:
    return Retriever(shipped_corpus(), folder, lexicon=shipped_lexicon(), chroma_url=url)


def test_index_question_rebuild_and_a_server_that_is_gone(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # a proxy is never asked for this machine's own address
    local = tmp_path / "index"
    first = retriever(local, server.url)
    assert first.search(QUESTION)[0].passage.label == "第三十三条"
    assert not first.notice
    assert dict(first.search(QUESTION)[0].sources)["vector"] > 0
    assert not list(local.rglob("chroma.sqlite3"))

    again = retriever(local, server.url)
    assert not again.index.verify()
    again.index.rebuild()
    assert again.search(QUESTION)[0].passage.label == "第三十三条"
    assert not again.notice

    server.stop()
    answer = answer_question(Question("收费标准是多少", TODAY), again)
    assert not answer.refused
    assert answer.articles
    assert "Chroma 服务器" in answer.notice
    assert "只用关键词检索" in answer.notice
    gone = retriever(local, server.url)
    assert server.url in gone.index.verify()
    with pytest.raises(StoreTrouble, match="连不上 Chroma 服务器"):
        gone.index.rebuild()

    server.start()
    back = retriever(local, server.url)
    assert back.search(QUESTION)[0].passage.label == "第三十三条"
    assert not back.notice


def test_a_server_that_lost_its_data_is_filled_again(server: Server, tmp_path: Path) -> None:
    local = tmp_path / "index"
    retriever(local, server.url).search(QUESTION)
    import chromadb

    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    again = retriever(local, server.url)
    assert dict(again.search(QUESTION)[0].sources)["vector"] > 0
    assert not again.notice


def names(server: Server) -> set[str]:
    import chromadb

    return {one.name for one in chromadb.HttpClient(host="127.0.0.1", port=server.port).list_collections()}


def age(server: Server, name: str, seconds: float) -> None:
    """Let a collection look as if it had last been used that long ago."""
    import chromadb

    found = chromadb.HttpClient(host="127.0.0.1", port=server.port).get_collection(name, embedding_function=None)
    found.modify(metadata={**found.metadata, "used": int(time.time() - seconds)})


def test_superseded_collections_go_after_a_grace_time_and_others_stay(server: Server, tmp_path: Path) -> None:
    import chromadb

    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    retriever(tmp_path / "index", server.url).search(QUESTION)
    (first,) = names(server)
    kind = first.rsplit("-", 1)[0]
    foreign = ("notes", "nianbao-notes", "nianbao-openai-0123abcd", "other-lsa-0123abcd")
    for name in (*foreign, f"{kind}-0123abcd", f"{kind}-4567abcd"):
        client.create_collection(name, embedding_function=None, metadata={"rows": 0, "used": 0})
    age(server, f"{kind}-4567abcd", GRACE_SECONDS / 2)  # another process searches it

    retriever(tmp_path / "index", server.url).index.rebuild()
    assert names(server) == {first, f"{kind}-4567abcd", *foreign}


def test_a_collection_in_use_is_marked_and_one_that_went_is_built_again(server: Server, tmp_path: Path) -> None:
    import chromadb

    user = retriever(tmp_path / "index", server.url)
    user.search(QUESTION)
    (name,) = names(server)
    age(server, name, 2 * GRACE_SECONDS)
    retriever(tmp_path / "index", server.url).search(QUESTION)  # opening it marks it
    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    assert client.get_collection(name, embedding_function=None).metadata["used"] > time.time() - GRACE_SECONDS

    client.delete_collection(name)
    user.search("收费标准是多少")
    assert "只用关键词检索" in user.notice
    user.search("申请要写什么")
    assert not user.notice
    assert names(server) == {name}
