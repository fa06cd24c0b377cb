"""Closed vocabularies: applicant categories, kinds and results of disputes, documents and decisions, by curated wordings.

Source: 条例 art. 20 and the form in the annex of 国办公开办函〔2021〕30号 (表二–表四).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from pydantic import TypeAdapter

from assistant.domain.base import Frozen
from assistant.statute.basis import load_data
from assistant.statute.wording import Vocabulary, fold_wording

ListId = Literal["category", "procedure", "result", "role", "normative_kind", "normative_status", "decision_kind"]
_FILLER = ""


class _Undecided(Frozen):
    terms: tuple[str, ...]
    candidates: tuple[str, ...]
    why: str


class _List(Frozen):
    keys: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    undecided: tuple[_Undecided, ...]


class Choice(Frozen):
    """The key behind a wording, or None with candidates and the reason in Chinese."""

    wording: str
    key: str | None
    candidates: tuple[str, ...] = ()
    why: str = ""


@cache
def _lists() -> dict[ListId, _List]:
    return TypeAdapter(dict[ListId, _List]).validate_python(load_data("choices.yaml"), strict=False)


@cache
def _vocabulary(list_id: ListId) -> Vocabulary[str]:
    entry = _lists()[list_id]
    meanings = {fold_wording(term): _FILLER for term in entry.fillers}
    return Vocabulary(meanings | {fold_wording(term): key for key, terms in entry.keys.items() for term in terms})


@lru_cache(maxsize=4096)
def choose(list_id: ListId, wording: str) -> Choice:
    """The key of the vocabulary `list_id` that `wording` means; undecided when it is unknown or means several."""
    folded = fold_wording(wording)
    if not folded:
        return Choice(wording=wording, key=None, why="没有填写。")
    entry = next((entry for entry in _lists()[list_id].undecided if folded in map(fold_wording, entry.terms)), None)
    if entry is not None:
        return Choice(wording=wording, key=None, candidates=entry.candidates, why=entry.why)
    whole = _vocabulary(list_id).exact(folded)
    found, rest = ((whole,), "") if whole else _vocabulary(list_id).cover(folded)
    keys = tuple(dict.fromkeys(key for key in found if key != _FILLER))
    if rest:
        return Choice(wording=wording, key=None, candidates=keys, why=f"“{wording}”中的“{rest}”不认识。")
    if len(keys) != 1:
        return Choice(wording=wording, key=None, candidates=keys, why=f"“{wording}”没有写明属于哪一类。")
    return Choice(wording=wording, key=keys[0], candidates=keys)
