"""Cross-references in the texts (`本条例第三十三条`, `前款`, `前条`, `条例第十四条`) as links between passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.passage import CorpusDocument, Passage
from assistant.retrieval.labels import NUMBER, article_label, to_number

_SERIES = rf"第({NUMBER})条(?:(?:第[^条、，。；]{{1,9}}[款项])*)"
_TO_ARTICLE = re.compile(_SERIES)
_MENTION = re.compile(rf"(?P<name>[《》一-鿿〔〕\d]{{0,30}}?)(?P<articles>{_SERIES}(?:(?:[、和及至]|以及){_SERIES})*)")
_PREVIOUS = re.compile(r"前条|上一条")


def link(documents: Mapping[str, CorpusDocument], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with the references in their texts added to `see`; targets that do not exist are left out."""
    ids = {passage.id for passage in passages}
    names = _names(documents.values())
    by_order = {(passage.document, passage.order): passage.id for passage in passages}
    linked = []
    for passage in passages:
        targets = [*passage.see, *_mentioned(passage, names)]
        if _PREVIOUS.search(passage.quotable):
            targets.append(by_order.get((passage.document, passage.order - 1), ""))
        see = tuple(target for target in dict.fromkeys(targets) if target in ids and target != passage.id)
        linked.append(passage if see == passage.see else passage.model_copy(update={"see": see}))
    return tuple(linked)


def dangling(passages: Iterable[Passage]) -> tuple[tuple[str, str], ...]:
    """(passage, target) of written references that lead nowhere."""
    found = list(passages)
    ids = {passage.id for passage in found}
    return tuple((passage.id, target) for passage in found for target in passage.see if target not in ids)


def _names(documents: Iterable[CorpusDocument]) -> tuple[tuple[str, str], ...]:
    """(name, document id), longest name first; documents in force before repealed ones."""
    pairs = [
        (name, document.id)
        for document in sorted(documents, key=lambda document: (document.effective_to is not None, document.id))
        if document.is_legal
        for name in (document.title, document.title.removeprefix("中华人民共和国"), document.number, *document.aliases)
        if name
    ]
    return tuple(sorted(dict.fromkeys(pairs), key=lambda pair: -len(pair[0])))


def _mentioned(passage: Passage, names: tuple[tuple[str, str], ...]) -> list[str]:
    found = []
    for mention in _MENTION.finditer(passage.quotable):
        document = _document_of(mention["name"], passage.document, names)
        if document is None:
            continue
        numbers = (to_number(one[1]) for one in _TO_ARTICLE.finditer(mention["articles"]))
        found += [f"{document}#{article_label(number)}" for number in numbers if number]
    return found


def _document_of(before: str, own: str, names: tuple[tuple[str, str], ...]) -> str | None:
    """The document that the words before an article number name; its own when they name none; None for a law that is not in the corpus."""
    bare = before.rstrip("》")
    if bare.endswith(("本条例", "本办法", "本解释", "本规定", "本法")):
        return own
    for name, document in names:
        if bare.endswith(name):
            return document
    return None if re.search(r"(?:法|条例|规定|办法|解释|》)$", before) else own
