"""Drafting: facts, slots, the roll-forward of last year's text, drafting with a model, and the check of every text."""
