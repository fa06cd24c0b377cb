"""Sentences whose numbers have changed since they were drafted: shown with the difference, renewed by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.domain.saved import SavedReport
from assistant.workflow.editing import part_text, set_text
from assistant.workflow.prepared import material

if TYPE_CHECKING:
    from assistant.drafting.passport import StaleSentence
    from assistant.text.redline import RedlineOp


def stale_sentences(saved: SavedReport) -> tuple[StaleSentence, ...]:
    """The sentences that no longer say what tables and facts say."""
    from assistant.drafting.passport import stale_sentences as stale

    return stale(saved.sentences, material(saved).book) if saved.sentences else ()


def stale_redline(stale: StaleSentence) -> tuple[RedlineOp, ...]:
    """The sentence as it stands against how it would read now."""
    from assistant.text.redline import redline

    return redline(stale.sentence.text, stale.now)


def renew_sentences(saved: SavedReport) -> SavedReport:
    """The report with every such sentence filled anew. One whose fact is gone is left for the clerk."""
    book = material(saved).book
    renewed = {one.sentence: one.sentence.model_copy(update={"text": one.now}) for one in stale_sentences(saved) if one.now}
    texts: dict[str, str] = {}
    for old, new in renewed.items():
        texts[old.section] = texts.get(old.section, part_text(saved.report, old.section)).replace(old.text, new.text, 1)
    kept = tuple(renewed.get(sentence, sentence) for sentence in saved.sentences)
    changed = SavedReport.model_validate({**dict(saved), "sentences": kept, "facts": book})
    for part, text in texts.items():
        changed = set_text(changed, part, text)
    return changed
