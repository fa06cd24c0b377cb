"""The first schema."""

from __future__ import annotations

from alembic import op

from assistant.workspace.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables of the first schema."""
    metadata.create_all(op.get_bind())
