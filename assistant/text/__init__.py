"""Pure work on text: folding, numerals, dates, claims, similarity, redline. No I/O but package data, no clock, no randomness."""
