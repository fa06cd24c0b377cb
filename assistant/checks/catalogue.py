"""The catalogue of rules (data/catalogue/*.yaml): what each rule says, why, with examples, basis, severity and fix class."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, Self

from pydantic import TypeAdapter, model_validator

from assistant.checks.data_files import load, names
from assistant.checks.documents import Reference, cited_documents
from assistant.checks.patterns import Pattern
from assistant.domain.base import Frozen
from assistant.domain.finding import Severity
from assistant.domain.report import EditionId
from assistant.errors import InvalidData

Need = Literal["previous", "register", "today", "facts"]
FixClass = Literal["safe", "ask", "show"]

FAMILIES: dict[str, str] = {
    "T": "表内",
    "X": "表间",
    "C": "跨年",
    "N": "文表一致",
    "D": "日期与时限",
    "S": "结构与格式",
    "L": "文字与标点",
    "B": "雷同",
    "R": "台账",
    "P": "数据来源",
    "E": "检查程序",
}


class Rule(Frozen):
    """One row of the catalogue. `bad` and `good` are examples a reader understands; a row with `pattern` needs no Python."""

    code: str
    slug: str
    title: str
    why: str
    bad: str
    good: str
    advice: str
    severity: Severity
    basis: tuple[Reference, ...] = ()
    editions: tuple[EditionId, ...] = ("2019", "2021")
    needs: tuple[Need, ...] = ()
    fix: FixClass = "show"
    status: Literal["active", "retired"] = "active"
    pattern: Pattern | None = None

    @property
    def family(self) -> str:
        """The Chinese name of the family."""
        return FAMILIES[self.code[0]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not re.fullmatch(rf"[{''.join(FAMILIES)}]\d{{3}}", self.code):
            raise ValueError(f"{self.code}: a code is a family letter and three digits")
        for name in ("slug", "title", "why", "bad", "good", "advice"):
            if not getattr(self, name).strip():
                raise ValueError(f"{self.code}: {name} is empty")
        unknown = {reference.document for reference in self.basis} - cited_documents().keys()
        if unknown:
            raise ValueError(f"{self.code}: unknown documents {sorted(unknown)}")
        return self


@cache
def catalogue() -> dict[str, Rule]:
    """All rules by code, in order of code. Raises `InvalidData` when a file does not validate or a code or slug occurs twice."""
    rows = [rule for name in names("catalogue") for rule in load(f"catalogue/{name}", _ROWS)]
    for label, keys in (("编号", [rule.code for rule in rows]), ("名称", [rule.slug for rule in rows])):
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise InvalidData(f"规则{label}重复：{'、'.join(twice)}", "编号一经使用不再改派，请换一个。")
    return {rule.code: rule for rule in sorted(rows, key=lambda rule: rule.code)}


_ROWS = TypeAdapter(tuple[Rule, ...])
