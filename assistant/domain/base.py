"""The one base class of all values."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable, strictly validated value: no coercion, no unknown field."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
