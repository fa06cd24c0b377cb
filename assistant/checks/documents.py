"""The documents that rules cite, with the days they are in force (data/documents.yaml)."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from assistant.checks.data_files import load
from assistant.domain.base import Frozen
from assistant.domain.finding import Basis


class CitedDocument(Frozen):
    """Title, official number, first and last day in force (ISO; `until` None while in force)."""

    title: str
    number: str
    first: str
    until: str | None = None

    def governs(self, year: int) -> bool:
        """Whether the document was in force on a day between 1 January of the report year and 31 March of the next."""
        return self.first <= f"{year + 1}-03-31" and (self.until is None or self.until >= f"{year}-01-01")


class Reference(Frozen):
    """A citation in the catalogue: key of data/documents.yaml and printed article label."""

    document: str
    article: str = ""


@cache
def cited_documents() -> dict[str, CitedDocument]:
    """All citable documents by key. Raises `InvalidData`."""
    rows = load("documents.yaml", TypeAdapter(dict[str, dict[str, str]]))
    return {
        key: CitedDocument(title=row["title"], number=row["number"], first=row["from"], until=row.get("until")) for key, row in rows.items()
    }


@cache
def basis_in_force(references: tuple[Reference, ...], year: int | None) -> tuple[Basis, ...]:
    """The citations that were in force for the report year; all of them where the year is not known."""
    known = cited_documents()
    return tuple(
        Basis(document=known[reference.document].title, number=known[reference.document].number, article=reference.article)
        for reference in references
        if year is None or known[reference.document].governs(year)
    )
