"""Families X and C: across tables and across years."""

from assistant.checks.across import carry, change, plausible

__all__ = ["carry", "change", "plausible"]
