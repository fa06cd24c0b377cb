"""Family L: wording, punctuation, numbering, and what must not be published."""

from assistant.checks.wording import brackets, doubled, lists, numbering, personal, phrases, punctuation, typos

__all__ = ["brackets", "doubled", "lists", "numbering", "personal", "phrases", "punctuation", "typos"]
