"""What a model answers: paragraphs of sentences with sources, and the readable text of a reply that is still arriving."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pydantic import ValidationError

from assistant.domain.base import Frozen
from assistant.domain.facts import Fact
from assistant.drafting.slots import fill

_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")
_TEXTS = re.compile(r'"text"\s*:\s*"((?:[^"\\]|\\.)*)("?)')
MAX_SENTENCES = 80


class ReplySentence(Frozen):
    """One sentence with `{{slots}}` and the ids of what it rests on."""

    text: str
    sources: tuple[str, ...] = ()


class ReplyParagraph(Frozen):
    """One paragraph."""

    sentences: tuple[ReplySentence, ...]


class Reply(Frozen):
    """A whole reply."""

    paragraphs: tuple[ReplyParagraph, ...]


def parse_reply(text: str) -> Reply | None:
    """The reply, or None when it is not of the form asked for. A code fence around the JSON is forgiven, anything else is not."""
    try:
        data = json.loads(_FENCE.sub("", text))
        reply = Reply.model_validate(data, strict=False)
    except (ValueError, ValidationError, RecursionError):
        return None
    sentences = [sentence for paragraph in reply.paragraphs for sentence in paragraph.sentences]
    return reply if 0 < len(sentences) <= MAX_SENTENCES else None


def readable(partial: str, facts: Mapping[str, Fact]) -> str:
    """The text of a reply that is still arriving, slots filled, for showing while it streams. Not to be saved: nothing in it has been checked."""
    pieces = []
    for body, _ in _TEXTS.findall(partial):
        try:
            piece = json.loads(f'"{body}"')
        except ValueError:
            continue
        pieces.append(fill(re.sub(r"\{\{[^}]*$|\{$", "", piece), facts).text)
    return "".join(pieces)
