"""Family N: the narrative against the tables and against itself."""

from assistant.checks.claims import counts, denials, fees, growth, parts, shares, trends, unmentioned, wholly

__all__ = ["counts", "denials", "fees", "growth", "parts", "shares", "trends", "unmentioned", "wholly"]
