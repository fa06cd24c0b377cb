"""Family N: the narrative against the tables and against itself."""

from assistant.checks.claims import counts, growth, parts, shares, statements, trends, wholly

__all__ = ["counts", "growth", "parts", "shares", "statements", "trends", "wholly"]
