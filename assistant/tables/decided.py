"""What people decided, before what the vocabularies say."""

from __future__ import annotations

from assistant.domain.register import RegisterDecisions
from assistant.statute.choices import Choice, ListId, choose

EXCLUDE, INCLUDE = "exclude", "include"


def decided(list_id: ListId, wording: str, locator: str, decisions: RegisterDecisions) -> Choice:
    """The key decided for the row at `locator` or for `wording`, else what the vocabulary `list_id` says. The key may be `exclude`."""
    key = decisions.rows.get(f"{locator}#{list_id}") or decisions.wordings.get(f"{list_id}:{wording}")
    return Choice(wording=wording, key=key) if key else choose(list_id, wording)
