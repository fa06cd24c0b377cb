"""Retrieval: what each source is worth, BM25 over the texts as the baseline in the same run, and time at 1k, 10k and 60k passages."""

from __future__ import annotations

import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.passage import CorpusDocument, Passage
from assistant.qa.answer import answer_question
from assistant.qa.question import Question
from assistant.retrieval.corpus import Corpus, corpus_folder, shipped_corpus
from assistant.retrieval.labels import article_label, fold_label
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.search import Fusion, Retriever
from bench.harness import Measure, Note

TODAY = date(2026, 11, 24)
QUESTIONS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "qa" / "questions_dev.jsonl"
FUSIONS = {
    "基线：正文 BM25": Fusion(1, 0, 0, 0, 0),
    "关键词（正文＋问法）": Fusion(0.48, 0.32, 0.2, 0, 0),
    "向量（离线 LSA）": Fusion(0, 0, 0, 0, 1),
    "关键词＋向量": Fusion(0.4, 0.24, 0.16, 0, 0.2),
    "关键词＋词表": Fusion(0.4, 0.24, 0.16, 0.2, 0),
    "全部融合": Fusion(),
}
_NUMBERS = {"条例": "711", "30号": "30", "109号": "109", "法释8号": "8", "235号": "235", "19号": "19", "14号": "14", "201号": "201"}


def suite() -> Iterator[Measure | Note]:
    """Recall by source, answers, speed on the shipped corpus, growth. Sizes above 1k only with NIANBAO_BENCH_LARGE=1."""
    corpus = shipped_corpus()
    with tempfile.TemporaryDirectory() as folder:
        if QUESTIONS.exists():
            yield from _ablation(corpus, Path(folder))
        retriever = Retriever(corpus, Path(folder), lexicon=shipped_lexicon())
        asks = [ask for passage in corpus.passages for ask in passage.asks][::17]
        retriever.search(asks[0])
        yield Note("查询 p95，随附资料库", f"{_p95(retriever, asks):.1f} ms", "25 ms")
        rest = cycle(asks)
        yield Measure("回答一个问题（不用模型）", lambda: answer_question(Question(f"{next(rest)}？", TODAY), retriever), 25)
    sizes = (1_000, 10_000, 60_000) if os.environ.get("NIANBAO_BENCH_LARGE") else (1_000,)
    for size in sizes:
        yield from _growth(size)


def _ablation(corpus: Corpus, folder: Path) -> Iterator[Note]:
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]
    asked = [one for one in questions if one["answerable"] and one["kind"] not in {"by_number", "compute"}]
    for name, fusion in FUSIONS.items():
        first, five = _recall(Retriever(corpus, folder, lexicon=shipped_lexicon(), fusion=fusion), asked)
        yield Note(f"R@1 / R@5　{name}（{len(asked)}题）", f"{first:.2f} / {five:.2f}", ".80 / .95" if fusion == Fusion() else "")
    full = Retriever(corpus, folder, lexicon=shipped_lexicon())
    answers = {one["id"]: answer_question(Question(one["question"], TODAY), full) for one in questions}
    no = [one for one in questions if not one["answerable"]]
    yield Note("应拒答的拒答", f"{sum(answers[one['id']].refused for one in no) / len(no):.2f}", ".95")
    yes = [one for one in questions if one["answerable"]]
    yield Note("应回答的误拒", f"{sum(answers[one['id']].refused for one in yes) / len(yes):.2f}", "≤ .05")


def _recall(retriever: Retriever, questions: Sequence[dict[str, Any]]) -> tuple[float, float]:
    legal = {name for name, document in retriever.corpus.documents.items() if document.is_legal}
    first = five = 0
    for one in questions:
        found = [
            _key(hit.document.number, hit.passage.label) for hit in retriever.search(one["question"], top=10, scope=legal, as_of=TODAY)
        ]
        need = [_key(_NUMBERS[item["document"]], item["article"]) for item in one["answers"]]
        also = [_key(_NUMBERS[item["document"]], item["article"]) for item in one.get("also_ok", [])]
        hits = [item in found[:5] for item in need]
        first += found[0] in need + also
        five += any(hits) if one.get("any_of") else all(hits)
    return first / len(questions), five / len(questions)


def _key(number: str, label: str) -> tuple[str, str]:
    return number.removesuffix("号").replace("第", "〕").split("〕")[-1], fold_label(label)


def _p95(retriever: Retriever, asks: Sequence[str]) -> float:
    samples = []
    for ask in asks:
        start = time.perf_counter()
        retriever.search(f"{ask}？")
        samples.append((time.perf_counter() - start) * 1000)
    return float(np.percentile(samples, 95))


def _growth(size: int) -> Iterator[Note]:
    """Made-up articles: sentences of the shipped texts, mixed by a fixed rule."""
    corpus = _generated(size)
    with tempfile.TemporaryDirectory() as folder:
        retriever = Retriever(corpus, Path(folder))
        start = time.perf_counter()
        retriever.index.rebuild()
        built = time.perf_counter() - start
        asks = [passage.official[:20] for passage in corpus.passages[:: max(1, size // 100)]]
        retriever.search(asks[0])
        disk = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 2**20
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        yield Note(f"{size} 条：建索引", f"{built:.1f} s，{disk:.0f} MB，内存峰值 {memory:.0f} MB", "600 s" if size >= 60_000 else "")
        yield Note(f"{size} 条：查询 p95", f"{_p95(retriever, asks):.1f} ms", "100 ms")


def _generated(size: int) -> Corpus:
    sentences = [
        part
        for path in sorted((corpus_folder() / "law").glob("*.md"))
        for part in path.read_text(encoding="utf-8").split("。")
        if 10 < len(part) < 90
    ]
    documents = {
        f"made-{number}": CorpusDocument(id=f"made-{number}", kind="statute", title=f"第{number}号办法")
        for number in range(-(-size // 100))
    }
    passages = tuple(
        Passage(
            id=f"made-{place // 100}#{article_label(place % 100 + 1)}", document=f"made-{place // 100}", label=article_label(place % 100 + 1), order=place % 100,
            official="。".join(sentences[(place * step + step * step) % len(sentences)] for step in (7, 11, 13)),
        )
        for place in range(size)
    )  # fmt: skip
    return Corpus(documents, passages)
