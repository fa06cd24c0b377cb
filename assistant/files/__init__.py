"""Readers and writers, one outside format each."""
