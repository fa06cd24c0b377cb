"""Legal sources by short key: `cite("regulation 第三十三条")`."""

from __future__ import annotations

from functools import cache
from typing import Any

from assistant.data_files import raw_data
from assistant.domain.finding import Basis


def load_data(name: str) -> Any:
    """The content of a YAML file of this room, unvalidated."""
    return raw_data("assistant.statute", f"data/{name}")


@cache
def _documents() -> dict[str, tuple[str, str]]:
    return {key: (entry["title"], entry["number"]) for key, entry in load_data("documents.yaml").items()}


@cache
def cite(reference: str) -> Basis:
    """The source behind `<document key> <article label>`. Raises `KeyError` for a document that is not listed."""
    key, _, article = reference.partition(" ")
    title, number = _documents()[key]
    return Basis(document=title, number=number, article=article)


def cite_all(references: tuple[str, ...]) -> tuple[Basis, ...]:
    """The sources behind several references, in order, each once."""
    return tuple(cite(reference) for reference in dict.fromkeys(references))
