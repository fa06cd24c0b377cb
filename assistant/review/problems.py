"""What became of last year's problems."""

from __future__ import annotations

import re

from assistant.domain.report import Report, SectionId
from assistant.domain.review import ProblemFate
from assistant.text.problems import split_problems
from assistant.text.sentences import split_sentences

_MENDED = re.compile(r"针对|整改|已(?:完成|得到|有)|得到(?:改善|解决|缓解|提升)|解决了|改进了|完善了|上年|去年|上一年|落实情况")
_LIKE = 0.45


def problem_fates(this: Report, last: Report) -> tuple[ProblemFate, ...]:
    """Each problem of last year's section 五 and what this year's says of it: only words are compared; whether it is true is for the reviewer."""
    now, before = this.section(SectionId.PROBLEMS), last.section(SectionId.PROBLEMS)
    if before is None:
        return ()
    sentences = [sentence.text for sentence in split_sentences(now.text, True)] if now else []
    return tuple(_fate(problem, sentences, last.year) for problem in split_problems(before.text))


def _fate(problem: str, sentences: list[str], last_year: int | None) -> ProblemFate:
    best, like = "", 0.0
    for sentence in sentences:
        if (likeness := shared(problem, sentence)) > like:
            best, like = sentence, likeness
    if like < _LIKE:
        return ProblemFate(problem=problem, fate="silent")
    told = bool(_MENDED.search(best)) or (last_year is not None and f"{last_year}年" in best)
    return ProblemFate(problem=problem, fate="told" if told else "again", sentence=best)


def shared(problem: str, sentence: str) -> float:
    """The share of the problem's character pairs (or of one of its clauses) that the sentence has too."""
    told = _pairs(sentence)
    parts = [_pairs(part) for part in (problem, *re.split("[，；]", problem)) if len(_bare(part)) >= 6]
    return max((len(part & told) / len(part) for part in parts), default=0.0)


def _pairs(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def _bare(text: str) -> str:
    return re.sub(r"[^一-龥]", "", text)
