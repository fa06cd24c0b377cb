"""Decoys: matters that the corpus does not settle, as passages that compete with the articles. `corpus/outside/`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError, model_validator

from assistant.domain.base import Frozen
from assistant.domain.passage import CorpusDocument, Passage
from assistant.errors import InvalidData
from assistant.retrieval.documents import Parsed

OUTSIDE = "outside"


class Matter(Frozen):
    """A matter with ways of asking about it. Either `law`, which would settle it, or `what` the texts leave open."""

    law: str = ""
    what: str = ""
    terms: tuple[str, ...] = ()
    asks: tuple[str, ...]

    @model_validator(mode="after")
    def _one_reason(self) -> Matter:
        if bool(self.law) == bool(self.what):
            raise ValueError("exactly one of law and what")
        return self

    @property
    def reason(self) -> str:
        """Why a question about it is not answered."""
        if self.law:
            return f"这属于{self.law.removesuffix('规定')}规定的事项，资料库没有收这些规定，现有条文没有答案。"
        return f"现有条文没有规定{self.what}，不能据此作答；请询问政府信息公开工作主管部门或者查本地规定。"


def parse_outside(texts: Iterable[str]) -> Parsed:
    """The decoys in some YAML texts as one document of kind `outside`. Raises `InvalidData`, also when a matter occurs twice."""
    matters: dict[str, Matter] = {}
    for text in texts:
        try:
            data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
            found = TypeAdapter(dict[str, Matter]).validate_python(data, strict=False)
        except (yaml.YAMLError, ValidationError) as error:
            raise InvalidData(f"范围外事项的资料文件不符合要求：{error}") from error
        if twice := matters.keys() & found.keys():
            raise InvalidData(f"范围外事项“{min(twice)}”出现了两次。")
        matters |= found
    passages = tuple(
        Passage(
            id=f"{OUTSIDE}#{label}", document=OUTSIDE, label=label, order=order, text=matter.reason, terms=matter.terms, asks=matter.asks
        )
        for order, (label, matter) in enumerate(matters.items())
    )
    return Parsed(CorpusDocument(id=OUTSIDE, kind="outside", title="资料库不涉及的事项"), passages)


def read_outside(folder: Path) -> tuple[Parsed, ...]:
    """The decoys of a corpus folder; none when it has no such files."""
    files = sorted((folder / OUTSIDE).glob("*.yaml"))
    return (parse_outside(path.read_text(encoding="utf-8") for path in files),) if files else ()
