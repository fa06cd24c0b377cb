"""Answering: article number or alias → calculators → retrieval → gate → sentences. Nothing here needs a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.passage import Passage, Scored
from assistant.errors import AssistantError
from assistant.qa.calculate import compute
from assistant.qa.citations import Cited, cited
from assistant.qa.compose import leads, sentences
from assistant.qa.gate import Refusal, refuse_citation, refuse_topic
from assistant.qa.question import Question
from assistant.qa.result import Answer, AnswerSentence, Computed, article
from assistant.qa.scope import signs
from assistant.qa.triggers import fold_question, says, triggers
from assistant.retrieval.lexicon import shipped_lexicon
from assistant.retrieval.search import WORDS, Retriever
from assistant.retrieval.tokens import counts

DIGEST_NOTICE = "所列为本程序编写的条文摘要，不是官方原文；导入官方文本后改为引用原文。"
_FOLLOW_UP = re.compile(r"^(?:那|那么|如果|要是|假如|还有|另外|然后|这样的话|这种|这个|它|他们?|她)|(?:呢|呐)[?？]?$")
_SHORT = 16
_FIRST = 5  # ranks among which a companion of the best article is looked for
_RELATED = 0.25
_SUBJECT = 1.3  # how much more a text counts that the question is about by its subject, when passages are put in order
ROWS = "table-3"  # our guidance on the rows of 表三
_ROW = 0.5  # the same when a row of 表三 is asked for
_GUIDANCE = 0.9  # share of the best article's score from which a practical hint is added


@dataclass(frozen=True)
class _Found:
    """What was found for a question: passages in rank order, those asked for by number, the computed result."""

    ranked: tuple[Scored, ...]
    named: tuple[Cited, ...]
    computed: Computed | None


def answer_question(question: Question, retriever: Retriever) -> Answer:
    """The answer to a question by the texts in force on its day.

    Raises nothing for a question that cannot be answered: that is a refusal with a reason and the nearest articles.
    """
    asked, day, top = question.text.strip(), question.day, question.top
    if not asked:
        return Answer(question=question.text, refused=True, reason="没有提出问题。")
    folded = fold_question(asked)
    named = cited(asked, retriever.corpus)
    searched = _with_history(asked, question.history)
    ranked = _search(retriever, searched, day, max(top, 15))
    refusal, computed = refuse_citation(named, retriever.corpus), None
    if not named:
        try:
            computed = compute(folded, retriever.corpus, day, question.calendar)
            refusal = _topic(searched, folded, day, ranked, retriever, computed is not None)
        except AssistantError as error:
            refusal = _topic(searched, folded, day, ranked, retriever, True) or Refusal(f"{error.message}{error.hint}")
    if refusal is not None:
        return _refused(question.text, refusal, ranked, retriever, top)
    found = _Found(_first(searched, retriever, ranked, named, computed), named, computed)
    return _answered(question.text, searched, found, retriever, top)


def _topic(searched: str, folded: str, day: date, ranked: Sequence[Scored], retriever: Retriever, computed: bool) -> Refusal | None:
    decoys = retriever.outside.search(searched, top=1) if retriever.outside else ()
    outside = _outside(searched, day, ranked, decoys, retriever)
    return refuse_topic(fold_question(searched) if searched != folded else folded, ranked, decoys, outside, computed)


def _outside(searched: str, day: date, ranked: Sequence[Scored], decoys: Sequence[Scored], retriever: Retriever) -> float:
    """Above zero when the question is about something that the texts do not settle. The weighed signs hold for the texts that come with the
    program and for all sources; an imported text, or search without vectors, is held against the decoys by score alone."""
    if ranked and ranked[0].passage.asks and not retriever.notice:
        return signs(searched, retriever, day).outside
    best = retriever.search(searched, top=1, scope=_legal(retriever), as_of=day, fusion=WORDS)
    return decoys[0].score / best[0].score - 1 if decoys and best else 0.0


def _with_history(asked: str, history: Sequence[str]) -> str:
    """A follow-up is searched together with the question before it."""
    if history and (len(asked) <= _SHORT and _FOLLOW_UP.search(asked)):
        return f"{history[-1]}。{asked}。{asked}"
    return asked


def _search(retriever: Retriever, asked: str, day: date, top: int) -> tuple[Scored, ...]:
    """Binding texts in force, best first. A repealed text counts only when it is named."""
    found = retriever.search(asked, top=top, scope=_legal(retriever), as_of=day)
    subjects = shipped_lexicon().documents(asked)
    return tuple(sorted(found, key=lambda one: -one.score * (_SUBJECT if one.document.id in subjects else 1)))


def _legal(retriever: Retriever) -> set[str]:
    return {document.id for document in retriever.corpus.documents.values() if document.is_legal}


def _first(
    searched: str, retriever: Retriever, ranked: tuple[Scored, ...], named: Sequence[Cited], computed: Computed | None
) -> tuple[Scored, ...]:
    """What was named or computed from comes first, then what was found."""
    corpus = retriever.corpus
    first = [one.passage for one in named if one.passage] + [corpus.by_id[name] for name in (computed.passages if computed else ())]
    if named and first:
        first += [corpus.by_id[name] for name in first[0].see if corpus.documents[corpus.by_id[name].document].is_legal]
    if not first:
        return _with_related(ranked, 2 if says(triggers().measures, fold_question(searched)) else 1)
    rank = {one.passage.id: one for one in ranked}
    lifted = [
        Scored(
            passage=passage, document=corpus.document_of(passage), score=1.0, sources=rank[passage.id].sources if passage.id in rank else ()
        )
        for passage in dict.fromkeys(first)
    ]
    return (*lifted, *(one for one in ranked if one.passage not in first))


def _with_related(ranked: tuple[Scored, ...], room: int) -> tuple[Scored, ...]:
    """Articles that the best one refers to move up to the last `room` of the first ranks, if they were found at all: a rule and its exception
    belong together, and where it is asked what may be done, the measures do."""
    if not ranked:
        return ranked
    kept = _FIRST - room
    related = [one for one in ranked[kept:] if one.passage.id in ranked[0].passage.see and one.score >= _RELATED * ranked[0].score][:room]
    return (*ranked[:kept], *related, *(one for one in ranked[kept:] if one not in related))


def _answered(question: str, searched: str, found: _Found, retriever: Retriever, top: int) -> Answer:
    chosen = _chosen(searched, found, retriever)
    wanted = {token: float(count) for token, count in counts((searched, *shipped_lexicon().meanings(searched))).items()}
    items = found.named[0].items if found.named else ()
    spoken: tuple[AnswerSentence, ...] = sentences(chosen, wanted, items)
    return Answer(
        question=question,
        refused=False,
        sentences=spoken,
        articles=tuple(article(one) for one in found.ranked[:top]),
        computed=found.computed,
        notice=_notice(chosen, retriever),
    )


def _chosen(searched: str, found: _Found, retriever: Retriever) -> tuple[Passage, ...]:
    if found.named:
        return tuple(dict.fromkeys(one.passage for one in found.named if one.passage))
    if found.computed and found.computed.passages:
        return tuple(retriever.corpus.by_id[name] for name in found.computed.passages[:2])
    return tuple(dict.fromkeys((*leads(found.ranked), *_companions(searched, found.ranked), *_hints(searched, found.ranked, retriever))))


def _companions(searched: str, ranked: Sequence[Scored]) -> tuple[Passage, ...]:
    """Where it is asked what may be done at all: the articles of the same text that the best one refers to, as far as they were found among the first."""
    if not ranked or not says(triggers().measures, fold_question(searched)):
        return ()
    best = ranked[0].passage
    return tuple(one.passage for one in ranked[1:_FIRST] if one.passage.id in best.see and one.passage.document == best.document)


def _hints(searched: str, ranked: Sequence[Scored], retriever: Retriever) -> tuple[Passage, ...]:
    """Our own practical guidance, behind the articles, where it fits the question about as well as they do."""
    guidance = {document.id for document in retriever.corpus.documents.values() if document.kind == "guidance"}
    best = retriever.search(searched, top=1, scope=guidance)
    if says(triggers().rows.wants, fold_question(searched)):
        rows = retriever.search(searched, top=1, scope={ROWS})
        return tuple(one.passage for one in rows if ranked and one.score >= _ROW * ranked[0].score)
    return tuple(one.passage for one in best if ranked and one.score >= _GUIDANCE * ranked[0].score)


def _refused(question: str, refusal: Refusal, ranked: Sequence[Scored], retriever: Retriever, top: int) -> Answer:
    corpus = retriever.corpus
    nearest = [corpus.by_id[name] for name in refusal.nearest if name in corpus.by_id]
    first = [Scored(passage=passage, document=corpus.document_of(passage), score=0.0) for passage in nearest]
    shown = (*first, *(one for one in ranked if one.passage not in nearest))
    return Answer(question=question, refused=True, reason=refusal.reason, articles=tuple(article(one) for one in shown[:top]))


def _notice(passages: Sequence[Passage], retriever: Retriever) -> str:
    notes = [retriever.notice] if retriever.notice else []
    for document in dict.fromkeys(retriever.corpus.document_of(passage) for passage in passages):
        if document.effective_to:
            notes.append(
                f"《{document.title}》（{document.number}）已于{document.effective_to.year}年{document.effective_to.month}月{document.effective_to.day}日后不再有效。"
            )
    if any(passage.form == "digest" for passage in passages):
        notes.append(DIGEST_NOTICE)
    return "".join(notes)
