"""Family T: what can be judged inside one table — cell states, identities, and which cell is to blame."""

from assistant.checks.tables import amounts, cells, identities

__all__ = ["amounts", "cells", "identities"]
