"""Frozen values that flow between the rooms. No I/O."""
