"""The digests say what the official texts say, in our own words: articles, figures, deadlines, modality."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.sources import CORPUS, Document, clauses, documents, figures, official_articles

ARTICLED = {
    "regulation-711": ("regulation_2019_711.md", 56),
    "spc-2025-8": ("spc_fashi_2025_8_disclosure_cases.txt", 15),
    "spc-2011-17": ("spc_fashi_2011_17_repealed.md", 13),
    "fee-2020-109": ("guobanhan_2020_109_processing_fee.txt", 5),
}
NOTICES = {
    "format-2021": "guoban_gongkai_banhan_2021_30_format.txt",
    "format-2019": "guoban_gongkai_banhan_2019_60_trial_format.txt",
    "interp-2016-201": "guoban_gongkai_banhan_2016_201_interpretation_codefendant.txt",
    "interp-2016-235": "guoban_interpretations_applications.txt",
    "interp-2017-19": "guoban_interpretations_applications.txt",
    "interp-2019-14": "guoban_interpretations_applications.txt",
}
MODALITY = {"不得": ("不得", "不能", "禁止", "不许"), "应当": ("应当", "必须", "须"), "可以": ("可以", "可", "能")}
KINDS = {"statute", "notice", "interpretation", "judicial", "guidance"}
FIELDS = (
    "id",
    "kind",
    "title",
    "number",
    "issuer",
    "aliases",
    "issued",
    "effective_from",
    "effective_to",
    "replaces",
    "repealed_by",
    "form",
    "source",
    "written_on",
)
COPIED = 16  # characters between two punctuation marks


def _official(shared_data: Path, name: str) -> str:
    return (shared_data / "official" / name).read_text(encoding="utf-8")


def _pairs(shared_data: Path, identity: str) -> list[tuple[str, str, str]]:
    """(label, official text, digest) of every article."""
    official = official_articles(_official(shared_data, ARTICLED[identity][0]))
    return [(label, text, documents()[identity].articles[label][1]) for label, text in official.items()]


@pytest.mark.parametrize("identity", ARTICLED)
def test_every_article_is_digested_once(shared_data: Path, identity: str) -> None:
    official = official_articles(_official(shared_data, ARTICLED[identity][0]))
    labels = [label for label in documents()[identity].labels if label.startswith("第")]
    assert labels == list(official)
    assert len(labels) == ARTICLED[identity][1]


@pytest.mark.parametrize("identity", ARTICLED)
def test_figures_of_the_facts_stand_in_the_official_article(shared_data: Path, identity: str) -> None:
    for label, official, _ in _pairs(shared_data, identity):
        for fact in documents()[identity].asks[label]["facts"]:
            assert figures(fact) <= figures(official), f"{label}：{fact}"


@pytest.mark.parametrize("identity", ARTICLED)
def test_no_figure_of_the_official_article_is_left_out(shared_data: Path, identity: str) -> None:
    missing = {label: gone for label, official, digest in _pairs(shared_data, identity) if (gone := figures(official) - figures(digest))}
    assert not missing


@pytest.mark.parametrize("identity", ARTICLED)
@pytest.mark.parametrize("word", MODALITY)
def test_may_must_and_must_not_are_kept(shared_data: Path, identity: str, word: str) -> None:
    lost = [
        label
        for label, official, digest in _pairs(shared_data, identity)
        if word in official and not any(same in digest for same in MODALITY[word])
    ]
    assert not lost


@pytest.mark.parametrize("identity", ARTICLED)
def test_a_digest_does_not_forbid_what_the_article_does_not(shared_data: Path, identity: str) -> None:
    sterner = [label for label, official, digest in _pairs(shared_data, identity) if "不得" in digest and "不得" not in official]
    assert not sterner


@pytest.mark.parametrize("identity", [*ARTICLED, *NOTICES])
def test_no_sentence_is_copied(shared_data: Path, identity: str) -> None:
    """Labels of the form's annex are literal by necessity and exempt."""
    name = ARTICLED[identity][0] if identity in ARTICLED else NOTICES[identity]
    official = {clause for clause in clauses(_official(shared_data, name).partition("附件：")[0]) if len(clause) >= COPIED}
    document = documents()[identity]
    ours = {label: clauses(text) for label, (_, text) in document.articles.items() if not label.startswith("附件")}
    titles = {document.front["title"], *document.front["aliases"]}
    copied = {label: found for label, text in ours.items() if (found := (text & official) - titles)}
    assert not copied


def _each() -> list[Document]:
    return list(documents().values())


@pytest.mark.parametrize("document", _each(), ids=lambda document: document.front["id"])
def test_front_matter(document: Document) -> None:
    front = document.front
    assert tuple(front) == FIELDS
    assert front["id"] == document.path.stem
    assert front["kind"] in KINDS
    assert (front["kind"] == "guidance") == (document.path.parent.name == "guidance")
    assert front["form"] == "digest"
    assert all(front[field] for field in ("title", "aliases", "source"))
    assert (front["number"] == "") == (front["kind"] == "guidance")
    if front["effective_to"] is not None:
        assert front["effective_from"] < front["effective_to"]
    for other in (front["replaces"], front["repealed_by"]):
        assert other is None or other in documents()


@pytest.mark.parametrize("document", _each(), ids=lambda document: document.front["id"])
def test_asks_fit_the_articles(document: Document) -> None:
    assert len(set(document.labels)) == len(document.labels)
    assert list(document.asks) == list(document.labels)
    for label, entry in document.asks.items():
        assert {"terms", "asks", "see", "facts"} <= set(entry) <= {"terms", "asks", "see", "facts", "paragraphs", "items"}, label
        assert len(entry["asks"]) >= 4, label
        assert len(set(entry["asks"])) == len(entry["asks"]), label
        assert all(isinstance(text, str) and text for name in ("terms", "asks", "see", "facts") for text in entry[name]), label


@pytest.mark.parametrize("document", _each(), ids=lambda document: document.front["id"])
def test_references_lead_somewhere(document: Document) -> None:
    for label, entry in document.asks.items():
        for reference in entry["see"]:
            identity, mark, article = reference.partition("#")
            target = documents()[identity] if mark else document
            assert (article if mark else reference) in target.labels, f"{label} → {reference}"
            assert target is not document or reference != label


@pytest.mark.parametrize("document", _each(), ids=lambda document: document.front["id"])
def test_a_passage_has_the_length_of_a_passage(document: Document) -> None:
    for label, (topic, text) in document.articles.items():
        assert topic or label == "全文", label
        shortest, longest = (40, 250) if document.front["kind"] == "statute" else (20, 600)
        assert shortest <= len(text) <= longest, f"{label}：{len(text)} 字"


def test_questions_are_asked_in_one_place_only() -> None:
    """The same words under two articles of one document could not tell them apart."""
    for document in _each():
        seen: dict[str, str] = {}
        for label, entry in document.asks.items():
            for ask in entry["asks"]:
                assert ask not in seen, f"{document.front['id']} {label} 与 {seen[ask]}：{ask}"
                seen[ask] = label


def test_every_document_has_its_asks() -> None:
    assert {path.name.removesuffix(".asks.yaml") for path in CORPUS.glob("*/*.asks.yaml")} == set(documents())
