"""Family D: years, periods, documents in force, deadlines."""

from assistant.checks.dates import deadlines, documents_cited, impossible, period, stale

__all__ = ["deadlines", "documents_cited", "impossible", "period", "stale"]
