"""Types of a form edition. Source: 国办公开办函〔2021〕30号 and 〔2019〕60号, the form in the annex.

A cell id is `<table>.<row>.<column>` (表四: `t4.<group>.<column>`) and is the same in every edition that has the cell.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import Literal, Self

from pydantic import model_validator

from assistant.domain.base import Frozen
from assistant.domain.report import EditionId, SectionId, TableId

Force = Literal["official", "structure", "inferred"]


class Document(Frozen):
    """The document that prescribes the form: title, official number, date of issue (ISO)."""

    title: str
    number: str
    issued: str


class Years(Frozen):
    """First and last report year of the edition; `last` is None while it is in use."""

    first: int
    last: int | None


class Aspect(Frozen):
    """One of the aspects that section 一 must cover."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


class SectionForm(Frozen):
    """A section as the form demands it. `limit` is the length in characters that should not be exceeded, if any."""

    id: SectionId
    number: str
    heading: str
    kind: Literal["narrative", "table"]
    article: str
    tables: tuple[TableId, ...] = ()
    synonyms: tuple[str, ...] = ()
    limit: int | None = None
    aspects: tuple[Aspect, ...] = ()

    @property
    def printed(self) -> str:
        """The heading as printed: `一、总体情况`."""
        return f"{self.number}、{self.heading}"


class LabelledColumn(Frozen):
    """A column. Values are counts unless `decimal`; `signed` allows negative numbers; `group` names the column group."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    unit: str = "件"
    decimal: bool = False
    signed: bool = False
    group: str | None = None


class LabelledRow(Frozen):
    """A row; `groups` are the keys of the row groups that print left of it, outermost first."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class StackedBlock(Frozen):
    """One block of 表二 (`第二十条第（一）项`) with its own header line."""

    id: str
    label: str
    rows: tuple[LabelledRow, ...]
    columns: tuple[LabelledColumn, ...]


class StackedTable(Frozen):
    """表二: blocks one below the other."""

    id: Literal["t2"]
    kind: Literal["stacked"]
    header: str
    blocks: tuple[StackedBlock, ...]

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """All cell ids in printed order."""
        return tuple(f"t2.{row.id}.{column.id}" for block in self.blocks for row in block.rows for column in block.columns)


class MatrixTable(Frozen):
    """表三: rows of outcomes by columns of applicants. `groups` maps group keys to printed labels."""

    id: Literal["t3"]
    kind: Literal["matrix"]
    corner: str
    applicants: str
    organisations: str
    columns: tuple[LabelledColumn, ...]
    groups: dict[str, str]
    rows: tuple[LabelledRow, ...]

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """All cell ids in printed order."""
        return tuple(f"t3.{row.id}.{column.id}" for row in self.rows for column in self.columns)


class ColumnGroup(Frozen):
    """A column group of 表四; `parent` is the label printed above it (`行政诉讼`)."""

    id: str
    label: str
    parent: str | None = None


class ColumnsTable(Frozen):
    """表四: one line of values under grouped columns."""

    id: Literal["t4"]
    kind: Literal["columns"]
    groups: tuple[ColumnGroup, ...]
    columns: tuple[LabelledColumn, ...]

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """All cell ids in printed order."""
        return tuple(f"t4.{group.id}.{column.id}" for group in self.groups for column in self.columns)


class IdentityTemplate(Frozen):
    """A relation between cells, with placeholders: the sum of `left` equals the sum of `right` for every value of `over`."""

    id: str
    title: str
    force: Force
    article: str
    over: dict[str, tuple[str, ...]]
    left: tuple[str, ...]
    right: tuple[str, ...]


class CarryOver(Frozen):
    """A relation with last year's report: the cell `this` equals last year's cell `last`."""

    id: str
    title: str
    force: Force
    article: str
    over: dict[str, tuple[str, ...]]
    this: str
    last: str


class Identity(Frozen):
    """One instance of a template: the sum of the cells `left` equals the sum of the cells `right`. `key` is `balance:person`."""

    template: str
    key: str
    title: str
    force: Force
    article: str
    left: tuple[str, ...]
    right: tuple[str, ...]


Table = StackedTable | MatrixTable | ColumnsTable


def _instances(over: dict[str, tuple[str, ...]]) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(over, values, strict=True)) for values in product(*over.values()))


class Form(Frozen):
    """A form edition. Raises `ValueError` when an identity names a cell that the form does not have."""

    edition: EditionId
    title: str
    document: Document
    years: Years
    report_title: str
    sections: tuple[SectionForm, ...]
    tables: tuple[StackedTable, MatrixTable, ColumnsTable]
    identities: tuple[IdentityTemplate, ...]
    carry_over: tuple[CarryOver, ...]

    @cached_property
    def t2(self) -> StackedTable:
        """表二."""
        return self.tables[0]

    @cached_property
    def t3(self) -> MatrixTable:
        """表三."""
        return self.tables[1]

    @cached_property
    def t4(self) -> ColumnsTable:
        """表四."""
        return self.tables[2]

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """All cell ids in printed order (200 in the 2021 edition, 198 in the 2019 edition)."""
        return self.t2.cell_ids + self.t3.cell_ids + self.t4.cell_ids

    @cached_property
    def columns_by_cell(self) -> dict[str, LabelledColumn]:
        """The column definition (unit, decimal, signed) behind each cell id."""
        found = {f"t2.{row.id}.{column.id}": column for block in self.t2.blocks for row in block.rows for column in block.columns}
        found |= {f"t3.{row.id}.{column.id}": column for row in self.t3.rows for column in self.t3.columns}
        return found | {f"t4.{group.id}.{column.id}": column for group in self.t4.groups for column in self.t4.columns}

    @cached_property
    def instances(self) -> tuple[Identity, ...]:
        """Every identity of the form, expanded (42 in the 2021 edition)."""
        return tuple(
            Identity(
                template=template.id,
                key=":".join([template.id, *values.values()]),
                title=template.title,
                force=template.force,
                article=template.article,
                left=tuple(cell.format(**values) for cell in template.left),
                right=tuple(cell.format(**values) for cell in template.right),
            )
            for template in self.identities
            for values in _instances(template.over)
        )

    @cached_property
    def totals(self) -> tuple[Identity, ...]:
        """The identities that give a single cell as the sum of others."""
        return tuple(identity for identity in self.instances if len(identity.left) == 1)

    @cached_property
    def carried_cells(self) -> tuple[tuple[str, str], ...]:
        """Pairs (this year's cell, last year's cell) that should be equal."""
        return tuple(
            (rule.this.format(**values), rule.last.format(**values)) for rule in self.carry_over for values in _instances(rule.over)
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """A Chinese name for every cell id, for messages: `表三“（一）予以公开”自然人`."""
        found = {
            f"t2.{row.id}.{column.id}": f"表二“{row.label}”{column.label}"
            for block in self.t2.blocks
            for row in block.rows
            for column in block.columns
        }
        for row in self.t3.rows:
            group = self.t3.groups[row.groups[-1]] if len(row.groups) > 1 else ""
            label = row.label.split("（区分", 1)[0]
            found |= {f"t3.{row.id}.{column.id}": f"表三“{group}{label}”{column.label}" for column in self.t3.columns}
        for part in self.t4.groups:
            found |= {f"t4.{part.id}.{column.id}": f"表四“{part.label}”{column.label}" for column in self.t4.columns}
        return found

    def section(self, section_id: SectionId) -> SectionForm:
        """The section with this id."""
        return next(section for section in self.sections if section.id == section_id)

    @model_validator(mode="after")
    def _identities_name_cells(self) -> Self:
        known = set(self.cell_ids)
        named = {cell for identity in self.instances for cell in identity.left + identity.right}
        named |= {this for this, _ in self.carried_cells}
        if named - known:
            raise ValueError(f"identities name unknown cells: {sorted(named - known)}")
        if len(known) != len(self.cell_ids):
            raise ValueError("a cell id occurs twice")
        return self
