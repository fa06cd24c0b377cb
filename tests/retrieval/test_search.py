"""Search and its indexes: scope, dates, damage, and the keyword side alone."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.retrieval.corpus import Corpus, shipped_corpus
from assistant.retrieval.endpoint_embedding import EndpointEmbedding
from assistant.retrieval.generation import Generations
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.lsa import LsaEmbedding
from assistant.retrieval.postings import Postings
from assistant.retrieval.search import Retriever

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture
def retriever(folder: Path) -> Retriever:
    return Retriever(shipped_corpus(), folder, lexicon=shipped_lexicon())


def test_a_plain_question_finds_its_article(retriever: Retriever) -> None:
    found = retriever.search("申请交上去多久必须答复", scope={"regulation-711"})
    assert found[0].passage.label == "第三十三条"
    assert {name for name, _ in found[0].sources} == {"text", "asks", "ask", "lexicon", "vector"}
    assert not retriever.notice


def test_scope_and_date_come_first(retriever: Retriever) -> None:
    courts = {"spc-2011-17", "spc-2025-8"}
    before = retriever.search("法院受理哪些信息公开案件", scope=courts, as_of=date(2025, 5, 31))
    after = retriever.search("法院受理哪些信息公开案件", scope=courts, as_of=date(2025, 6, 1))
    assert {one.document.id for one in before} == {"spc-2011-17"}
    assert {one.document.id for one in after} == {"spc-2025-8"}


@pytest.mark.parametrize("damage", ["sqlite", "missing", "truncated", "flipped", "manifest", "pointer"])
def test_a_damaged_index_is_rebuilt_by_itself(tmp_path: Path, damage: str) -> None:
    corpus = shipped_corpus()
    assert Retriever(corpus, tmp_path).search("收费标准")
    generation = next(path for path in tmp_path.iterdir() if path.is_dir())
    store = generation / "chroma"
    vectors = next(store.rglob("data_level0.bin"))
    if damage == "sqlite":
        (store / "chroma.sqlite3").write_bytes(b"")
    elif damage == "missing":
        (store / "chroma.sqlite3").unlink()
    elif damage == "truncated":
        vectors.write_bytes(vectors.read_bytes()[:100])
    elif damage == "flipped":
        data = bytearray(vectors.read_bytes())
        data[len(data) // 2] ^= 255
        vectors.write_bytes(bytes(data))
    elif damage == "manifest":
        (generation / "manifest.json").write_text("{", encoding="utf-8")
    else:
        next(tmp_path.glob("current-*")).write_text("nowhere", encoding="ascii")
    again = Retriever(corpus, tmp_path)
    found = again.search("收费标准")
    assert found
    assert not again.notice
    assert any(dict(one.sources)["vector"] > 0 for one in found)


def test_without_chroma_the_keyword_side_serves_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chromadb", None)
    retriever = Retriever(shipped_corpus(), tmp_path)
    assert retriever.search("申请多久答复", scope={"regulation-711"})
    assert "只用关键词检索" in retriever.notice


def test_a_full_disk_leaves_search_working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 0

    monkeypatch.setattr("assistant.retrieval.generation.shutil.disk_usage", lambda _path: Usage)
    retriever = Retriever(shipped_corpus(), tmp_path)
    assert retriever.search("申请多久答复")
    assert "磁盘空间不足" in retriever.notice
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_runaway_index_is_stopped_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.retrieval.generation._BASE_BYTES", 0)
    monkeypatch.setattr("assistant.retrieval.generation._BYTES_PER_ROW", 1)
    retriever = Retriever(shipped_corpus(), tmp_path)
    assert retriever.search("申请多久答复")
    assert "异常增大" in retriever.notice
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_what_a_crashed_build_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / "building-999999999-abc"
    left.mkdir()
    Generations(tmp_path).build("kind-abc", 1, lambda folder, check: {})
    assert not left.exists()


def test_an_empty_corpus_finds_nothing(tmp_path: Path) -> None:
    assert Retriever(Corpus({}, ()), tmp_path).search("申请") == ()


def test_a_large_corpus_keeps_its_keyword_index_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.retrieval.index.IN_MEMORY", 10)
    first = [one.passage.id for one in Retriever(shipped_corpus(), tmp_path).search("收费标准")]
    second = [one.passage.id for one in Retriever(shipped_corpus(), tmp_path).search("收费标准")]
    assert first == second
    assert list(tmp_path.rglob("keyword/text/rows.npy"))


def test_the_offline_embedding_is_deterministic() -> None:
    texts = ["路灯坏了要报修", "桥面破损要登记", "路灯报修的期限", "登记的期限"]
    one, two = LsaEmbedding.fit(texts), LsaEmbedding.fit(texts)
    assert one.name == two.name
    assert one.name.isascii()
    assert float(one.query("路灯报修") @ one.documents(texts)[0]) > float(one.query("路灯报修") @ one.documents(texts)[1])


def test_scores_are_bounded_and_unknown_words_lower_them() -> None:
    index = Postings.build([{"甲": 1, "甲乙": 1}, {"丙": 1}])
    whole = float(index.scores({"甲": 1, "甲乙": 1})[0])
    assert 0 < float(index.scores({"甲": 1, "甲乙": 1, "丁": 1})[0]) < whole <= 1
    assert float(index.scores({"未": 1}).max()) == 0


def test_an_endpoint_that_is_down_leaves_search_working(tmp_path: Path) -> None:
    retriever = Retriever(shipped_corpus(), tmp_path, embedding=EndpointEmbedding("http://127.0.0.1:9", "none", timeout=1))
    assert retriever.search("申请多久答复")
    assert "只用关键词检索" in retriever.notice
