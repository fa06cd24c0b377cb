"""Family L: wording, punctuation, numbering, and what must not be published."""

from assistant.checks.wording import brackets, doubled, numbering, personal, phrases, punctuation, typos

__all__ = ["brackets", "doubled", "numbering", "personal", "phrases", "punctuation", "typos"]
