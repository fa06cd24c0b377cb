"""What a sentence counts besides disclosure: a matter that it says is another one, and the numbers that go on counting it without its name."""

from __future__ import annotations

from assistant.checks.claims.bound import Paragraph
from assistant.checks.claims.lexicon import lexicon
from assistant.checks.claims.naming import TOTALS
from assistant.checks.claims.subject import canonical
from assistant.checks.claims.wording import wording
from assistant.text.claims import Mention

_GOES_ON = TOTALS | {"received_all", "answers_given", "in_progress", "carried", "carried_in", "carried_out"}


def of_another_matter(mention: Mention) -> bool:
    """Whether the clauses up to a semicolon say behind the number that it is not of disclosure: 办理行政复议12件，与政府信息公开无关."""
    text, start = mention.sentence.text, mention.numeral.end - mention.sentence.start
    return bool("公开" in text and wording("of_another_matter").match(text, start))


def goes_on_counting(paragraph: Paragraph, mention: Mention, measure: str, left: str, right: str) -> bool:
    """Whether a number without a subject of its own goes on with something else that the sentence counts: 受理居民事项12860件，办结12791件."""
    words = lexicon()
    if measure not in _GOES_ON or words.domain.search(left) or words.domain.search(right):
        return False
    for other in reversed(paragraph.prose.mentions[: mention.index]):
        if other.sentence != mention.sentence:
            return False
        if (bound := paragraph.bound.get(other.index)) is not None:
            return bound.aside
        told = wording("taken_in").search(canonical(other.left, paragraph.year))
        if told and not any(name == "applications" for name, _ in words.domains(told["what"] + other.right)):
            what = told["what"]
            return "公开" not in what and (len(wording("accounted").sub("", what)) > 1 or bool(wording("things").search(what)))
    return False
