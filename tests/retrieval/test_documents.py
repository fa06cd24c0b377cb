"""Corpus files, official texts and references between articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InvalidData, UnreadableFile
from assistant.retrieval.corpus import assemble, shipped_corpus, shipped_documents
from assistant.retrieval.documents import parse_document, with_situations
from assistant.retrieval.file_text import read_text
from assistant.retrieval.labels import article_label, fold_label, to_chinese, to_number
from assistant.retrieval.official import parse_official, parse_officials
from assistant.retrieval.references import dangling
from tests.retrieval.texts import ASKS, DIGEST, OFFICIAL


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (33, "三十三"), (105, "一百零五"), (1260, "一千二百六十")]
)
def test_article_numbers_in_words(number: int, words: str) -> None:
    assert to_chinese(number) == words
    assert to_number(words) == number
    assert fold_label(f"第{number}条") == article_label(number)


def test_a_section_is_a_passage_with_what_is_written_beside_it() -> None:
    parsed = parse_document(DIGEST, ASKS)
    assert [passage.label for passage in parsed.passages] == ["第一条", "第二条", "第三条"]
    second = parsed.passages[1]
    assert second.topic == "报修"
    assert second.chapter == "第一章 总则"
    assert second.asks == ("灯坏了找谁", "多少天要修好")
    assert second.form == "digest"


def test_references_become_links() -> None:
    corpus = assemble([parse_document(DIGEST, ASKS)])
    assert corpus.by_id["lamp-law#第二条"].see == ("lamp-law#第三条",)
    assert corpus.by_id["lamp-law#第三条"].see == ("lamp-law#第二条",)  # 前条


@pytest.mark.parametrize(
    "broken",
    [
        DIGEST.replace("---\n", "", 1),
        DIGEST.replace("kind: statute", "kind: song"),
        DIGEST.replace("## 第三条 登记", "## 第二条 登记"),
        DIGEST.replace("为了让夜里走路安全，订立本条例。", ""),
    ],
)
def test_a_broken_file_is_named(broken: str) -> None:
    with pytest.raises(InvalidData, match="lamp"):
        parse_document(broken, "", "lamp.md")


def test_asks_for_an_article_that_does_not_exist_are_refused() -> None:
    with pytest.raises(InvalidData, match="第九条"):
        parse_document(DIGEST, "第九条: {asks: [没有]}", "lamp.md")
    with pytest.raises(InvalidData, match="lamp-law#第九条"):
        with_situations([parse_document(DIGEST)], "lamp-law#第九条: [没有]")


def test_the_shipped_corpus_is_whole() -> None:
    corpus = shipped_corpus()
    assert len(corpus.of("regulation-711")) == 56
    assert not dangling(corpus.passages)
    assert all(passage.quotable for passage in corpus.passages)


def test_an_official_text_is_split_by_article_and_a_wrapped_reference_is_no_article() -> None:
    parsed = parse_official(OFFICIAL, "路灯.txt")
    assert [passage.label for passage in parsed.passages] == ["第一条", "第二条", "第三条"]
    assert "第三条规定的情形除外" in parsed.passages[1].official
    assert parsed.passages[0].chapter.startswith("第一章")
    assert parsed.document.title == "路灯管理条例"
    assert parsed.document.effective_from is not None
    assert parsed.document.effective_from.isoformat() == "2020-01-01"


def test_official_texts_meet_their_digests(shared_data: Path) -> None:
    found = {}
    for path in sorted((shared_data / "official").glob("*.[tm]*")):
        for parsed in parse_officials(read_text(path), path.name, known=shipped_documents()):
            found[parsed.document.id] = parsed
    assert [passage.label for passage in found["regulation-711"].passages] == [article_label(number) for number in range(1, 57)]
    assert len(found["spc-2025-8"].passages) == 15
    assert len(found["spc-2011-17"].passages) == 13
    digest = shipped_corpus()
    for name in (
        "regulation-711",
        "spc-2025-8",
        "spc-2011-17",
        "format-2021",
        "interp-2016-235",
        "interp-2017-19",
        "interp-2019-14",
        "interp-2016-201",
    ):
        assert {passage.label for passage in found[name].passages} <= {passage.label for passage in digest.of(name)} | {"二", "三"}, name
    assert "第三十四条" not in found["regulation-711"].passages[32].official  # nothing of the next article


def test_word_html_and_text_give_the_same_articles(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in OFFICIAL.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.html").write_text(
        "<html><head><meta charset='utf-8'><script>第九条</script></head><body>"
        + "".join(f"<p>{line}</p>" for line in OFFICIAL.splitlines())
        + "</body></html>",
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_bytes(OFFICIAL.encode("gb18030"))
    texts = [
        [passage.official for passage in parse_official(read_text(tmp_path / name), name).passages]
        for name in ("a.docx", "a.html", "a.txt")
    ]
    assert next([text.replace("\n", "").replace("　", "") for text in one] for one in texts) == [
        text.replace("\n", "") for text in texts[1]
    ]
    assert len(texts[2]) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK\x03\x04broken"),
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.txt", b""),
        ("a.xyz", b"text"),
        ("a.txt", b"\x00\x01\xff\xfe" * 9),
    ],
)
def test_unreadable_files_say_what_to_do(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read_text(path)
    assert caught.value.hint


def test_dates_in_words_count_as_well() -> None:
    text = (
        "示例办法\n（二〇二〇年十一月十七日示例市人民政府公布）\n第一条 为了示例，制定本办法。\n第二条 本办法自二〇二一年一月一日起施行。\n"
    )
    document = parse_official(text, "示例.txt").document
    assert (document.issued, document.effective_from) == (date(2020, 11, 17), date(2021, 1, 1))
