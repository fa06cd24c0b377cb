"""Families R, P and E: the register, where numbers come from, and what could not be read."""

from assistant.checks.sources import provenance, reading, register

__all__ = ["provenance", "reading", "register"]
