"""The one base class of all values."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable, strictly validated value: no coercion, no unknown field. Its validator is built when the first value is made, not on import:
    a command makes values of few of the classes it knows."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
