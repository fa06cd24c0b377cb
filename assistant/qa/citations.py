"""Article numbers in a question: `条例第三十六条第五项`, `711号令33条`, `法释〔2025〕8号第十条`, `30号文一（四）`, and those of laws that are not in the corpus."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.domain.passage import CorpusDocument, Passage
from assistant.qa.rules import rules
from assistant.retrieval.corpus import Corpus
from assistant.retrieval.labels import NUMBER, article_label, to_number

_ARTICLE = re.compile(rf"(?P<before>.{{0,40}}?)(?P<mark>第?)(?P<number>{NUMBER})(?:、(?P<more>{NUMBER}))?条(?:第?(?P<paragraph>{NUMBER})款)?(?:第?\(?(?P<item>{NUMBER})\)?项)?")
_PART = re.compile(r"(?:第?(?P<part>[一二三四五六])(?:部分|大?点)?[、,]?第?\((?P<item>[一二三四五六])\)|附件模板(?P<template>[一二三四五六])|表(?P<table>[二三四]))")
_TRAILING = re.compile(r"(?:令|文|的|中|里|》|\)|修订后?|现行|新版?)*$")
_OWN_WORDS = re.compile(r"(?:讲|说|规定|内容|原文|全文|是什么|什么意思|怎么理解|写的)")
_MEASURE = re.compile(r"^(?:意见|建议|路|消息|新闻|街|线|船|裤)")
DEFAULT = "regulation-711"


@dataclass(frozen=True)
class Cited:
    """An article that the question names by number. `passage` is None when the document has no such article;
    `document` is empty for a law outside the corpus, named by `law`."""

    document: str
    label: str
    passage: Passage | None = None
    paragraph: int | None = None
    item: int | None = None
    law: str = ""


def cited(question: str, corpus: Corpus) -> tuple[Cited, ...]:
    """The articles named in the question, in order."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", question)).replace("〔", "[").replace("〕", "]")
    names = _names(corpus)
    found: list[Cited] = []
    place, last = 0, ""
    for match in _ARTICLE.finditer(text):
        before = text[place : match.start("mark")]
        place = match.end()
        document, law = _document(before, names)
        if (not match["mark"] and not document and not law) or _MEASURE.match(text[match.end() :]):
            continue
        if law:
            found.append(Cited(document="", label=_label(match["number"]), law=law))
            continue
        last = document or last or DEFAULT
        found += [_one(corpus, last, number, match) for number in (match["number"], match["more"]) if number]
    return tuple(found) or _parts(text, corpus, names)


def _one(corpus: Corpus, document: str, number: str, match: re.Match[str]) -> Cited:
    label = _label(number)
    paragraph, item = (to_number(match[name]) if match[name] else None for name in ("paragraph", "item"))
    return Cited(document, label, corpus.find(document, label), paragraph, item)


def _label(number: str) -> str:
    value = to_number(number)
    return article_label(value) if value else f"第{number}条"


def _parts(text: str, corpus: Corpus, names: Mapping[str, str]) -> tuple[Cited, ...]:
    """Headings of notices: only beside the name of the notice, since `一（一）` alone may be anything."""
    document = next((names[name] for name in sorted(names, key=len, reverse=True) if name in text), "")
    match = _PART.search(text)
    if not document or not match or not _OWN_WORDS.search(text):
        return ()
    label = f"{match['part']}({match['item']})" if match["part"] else f"附件模板{match['template'] or match['table']}"
    passage = corpus.find(document, label)
    return (Cited(document, passage.label, passage),) if passage else ()


def _document(before: str, names: Mapping[str, str]) -> tuple[str, str]:
    """(document id, "") for a document of the corpus, ("", name) for another law, ("", "") when the words before the number name none."""
    bare = _TRAILING.sub("", before)
    other = next((law for law in rules().other_laws if bare.endswith(law)), "")
    name = next((name for name in sorted(names, key=len, reverse=True) if bare.endswith(name)), "")
    if len(other) > len(name):
        return "", other
    if name:
        ahead = bare[: len(bare) - len(name)]
        region = re.search(r"[一-鿿]{2,6}(?:省|市|自治区|县)(?:政府)?$", ahead)
        return ("", f"{region[0]}{name}") if region and name in {"条例", "政府信息公开条例", "信息公开条例"} else (names[name], "")
    law = re.search(r"[一-鿿]{1,12}(?:法典|法|条例|细则|规定|办法|解释)$", bare)
    return ("", re.sub(r"^.*?(?:请问|根据|依据|按照?|依照|问|看)", "", law[0])) if law else ("", "")


def _names(corpus: Corpus) -> Mapping[str, str]:
    return _names_of(tuple(corpus.documents.values()))


@cache
def _names_of(documents: tuple[CorpusDocument, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for document in documents:
        if document.is_legal:
            for name in (document.title, document.title.removeprefix("中华人民共和国"), document.number, *document.aliases):
                folded = _TRAILING.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).replace("〔", "[").replace("〕", "]"))
                found.setdefault(folded, document.id)
                found.setdefault(folded.replace("第", "", 1) if "令第" in folded else folded, document.id)
    found.pop("", None)
    return found
