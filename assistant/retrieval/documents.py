"""Corpus files: Markdown with YAML front matter, one level-2 section per passage, and the file of asks beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.domain.base import Frozen
from assistant.domain.passage import CorpusDocument, Passage
from assistant.errors import InvalidData

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATES = {"issued", "effective_from", "effective_to", "written_on"}
_HEADING = re.compile(r"^(#{1,2})\s+(.+?)\s*$", re.MULTILINE)


class Asks(Frozen):
    """What is written beside one passage: search words, ways of asking, related passages, statements an answer must contain, number of 款 and 项."""

    terms: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    paragraphs: int = 0
    items: int = 0


@dataclass(frozen=True)
class Parsed:
    """A document with its passages in printed order."""

    document: CorpusDocument
    passages: tuple[Passage, ...]


def read_document(path: Path) -> Parsed:
    """The document in a corpus file together with `<name>.asks.yaml`. Raises `InvalidData` naming the file."""
    asks = path.with_name(f"{path.stem}.asks.yaml")
    try:
        return parse_document(path.read_text(encoding="utf-8"), asks.read_text(encoding="utf-8") if asks.exists() else "", path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"资料文件 {path.name} 读不出来：{error}") from error


def parse_document(text: str, asks_text: str = "", name: str = "") -> Parsed:
    """The document in `text` with the asks in `asks_text`. Raises `InvalidData` saying what is wrong and where."""
    front, body = _split(text, name)
    document = _document(front, name)
    asks = _asks(asks_text, name)
    passages = tuple(_passages(document, body, asks, name))
    strays = set(asks) - {passage.label for passage in passages}
    if strays:
        raise InvalidData(f"资料文件 {name} 的问法文件中有正文没有的条目：{'、'.join(sorted(strays))}。")
    return Parsed(document, passages)


def with_situations(parsed: Iterable[Parsed], text: str) -> tuple[Parsed, ...]:
    """The documents with the situations of a YAML text (passage id → situations) added to their asks. Raises `InvalidData` for an id that does not exist."""
    try:
        situations = TypeAdapter(dict[str, tuple[str, ...]]).validate_python(yaml.load(text, Loader=_LOADER) or {}, strict=False)
    except (yaml.YAMLError, ValidationError) as error:
        raise InvalidData(f"资料文件 situations.yaml 不符合要求：{error}") from error
    joined = tuple(Parsed(one.document, tuple(_told(passage, situations) for passage in one.passages)) for one in parsed)
    strays = set(situations) - {passage.id for one in joined for passage in one.passages}
    if strays:
        raise InvalidData(f"资料文件 situations.yaml 中有不存在的条目：{'、'.join(sorted(strays))}。")
    return joined


def _told(passage: Passage, situations: Mapping[str, tuple[str, ...]]) -> Passage:
    more = situations.get(passage.id)
    return passage.model_copy(update={"asks": (*passage.asks, *more)}) if more else passage


def _split(text: str, name: str) -> tuple[str, str]:
    parts = text.removeprefix("\ufeff").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise InvalidData(f"资料文件 {name} 开头缺少以“---”包住的说明项。")
    return parts[1], parts[2]


def _document(front: str, name: str) -> CorpusDocument:
    try:
        return CorpusDocument.model_validate(_known(yaml.load(front, Loader=_LOADER)), strict=False)
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise InvalidData(f"资料文件 {name} 的说明项不符合要求：{error}") from error


def _known(data: Any) -> dict[str, Any]:
    """The items that are filled in. A date of which only the year is printed (2017) stays unknown."""
    return {key: value for key, value in data.items() if value is not None and not (key in _DATES and isinstance(value, int))}


def _asks(text: str, name: str) -> Mapping[str, Asks]:
    try:
        return TypeAdapter(dict[str, Asks]).validate_python(yaml.load(text, Loader=_LOADER) or {}, strict=False) if text else {}
    except (yaml.YAMLError, ValidationError) as error:
        raise InvalidData(f"资料文件 {name} 的问法文件不符合要求：{error}") from error


def _passages(document: CorpusDocument, body: str, asks: Mapping[str, Asks], name: str) -> list[Passage]:
    found: list[Passage] = []
    chapter, headings = "", list(_HEADING.finditer(body))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading[1] == "#":
            chapter = heading[2]
            continue
        label, _, topic = heading[2].partition(" ")
        text = body[heading.end() : following.start() if following else len(body)].strip()
        if not text:
            raise InvalidData(f"资料文件 {name} 的“{heading[2]}”没有正文。")
        extra = asks.get(label, Asks())
        see = tuple(target if "#" in target else f"{document.id}#{target}" for target in extra.see)
        found.append(
            Passage(
                id=f"{document.id}#{label}", document=document.id, label=label, topic=topic.strip(), chapter=chapter, order=len(found),
                text=text if document.form == "digest" else "", official=text if document.form == "official" else "",
                terms=extra.terms, asks=extra.asks, facts=extra.facts, see=see, paragraphs=extra.paragraphs, items=extra.items,
            )
        )  # fmt: skip
    labels = [passage.label for passage in found]
    if not found or len(set(labels)) < len(labels):
        raise InvalidData(f"资料文件 {name} 没有条目，或者同一条目出现两次。")
    return found
