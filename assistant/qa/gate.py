"""The gate: what the texts do not settle is refused, by code and before anything is phrased. Every refusal says what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.passage import Scored
from assistant.qa.citations import Cited
from assistant.qa.rules import rules
from assistant.retrieval.corpus import Corpus

WEAK = 0.06  # a best score below this means that nothing relevant was found
CLEARLY = 2.0  # how far the signs must speak for the decoys when a calculator has taken the question
FITTING = 0.4  # share of the best article's score from which a decoy is named as the reason
KNOWN = 0.36  # a way of asking this close to the question is one we know to be answered
NEAR = 0.85  # share of the best article's score from which another one counts as stating a quantity that is asked for
_WITHIN = "[之以]?内"  # a limit is asked for, whatever is to be done within it
_NEAREST = "下面列出最接近的条文，供参考。"


@dataclass(frozen=True)
class Refusal:
    """Why the question is not answered, in Chinese, and passages to show first."""

    reason: str
    nearest: tuple[str, ...] = ()


def refuse_citation(cited: Sequence[Cited], corpus: Corpus) -> Refusal | None:
    """A refusal when the question names articles and none of them is in the corpus, or a 款 or 项 that the article does not have."""
    missing = [_missing_part(one) for one in cited if one.passage]
    if missing and all(missing):
        return Refusal(missing[0], tuple(one.passage.id for one in cited if one.passage))
    if not cited or missing:
        return None
    first = cited[0]
    if first.law:
        return Refusal(f"问的是《{first.law}》{first.label}，资料库没有收这部法，不能回答。请查阅该法原文，或把原文加入资料库后再问。")
    document = corpus.documents[first.document]
    last = corpus.of(first.document)[-1].label
    return Refusal(f"《{document.title}》（{document.number}）没有{first.label}，最后一条是{last}。请核对条号。")


def _missing_part(one: Cited) -> str:
    """That an article has no such 款 or 项; empty when it has, or when their number is not known."""
    passage = one.passage
    if passage is None:
        return ""
    if one.paragraph and passage.paragraphs and one.paragraph > passage.paragraphs:
        return f"{passage.label}只有{passage.paragraphs}款，没有第{one.paragraph}款。请核对款号。"
    if one.items and passage.paragraphs and min(one.items) > passage.items:
        return f"{passage.label}{f'只有{passage.items}项' if passage.items else '不分项'}，没有第{min(one.items)}项。请核对项号。"
    return ""


def refuse_topic(folded: str, found: Sequence[Scored], decoys: Sequence[Scored], outside: float, computed: bool = False) -> Refusal | None:
    """A refusal by subject: another country, a matter of another law, a point left open, or nothing relevant in the corpus.

    `found` are articles, `decoys` matters outside the corpus, both best first and scored by the same search; `outside` above zero says that the
    signs speak for the decoys. What a calculator has taken is only refused when they do so clearly: dates and figures look strange to the search."""
    known = rules()
    if known.tasks.found_in(folded):
        return Refusal(known.tasks.why)
    if known.foreign.found_in(folded):
        return Refusal(f"{known.foreign.why}{_NEAREST}")
    if found and dict(found[0].sources).get("ask", 0.0) >= KNOWN:
        return None
    if law := _other_law(folded):
        return Refusal(f"问的是《{law}》的规定，资料库没有收这部法，现有条文没有答案。{_NEAREST}")
    for matter in known.outside:
        if matter.found_in(folded):
            return Refusal(f"这属于{matter.law.removesuffix('规定')}规定的事项，资料库没有收这些规定，现有条文没有答案。{_NEAREST}")
    for left_open in known.open:
        if left_open.found_in(folded):
            return Refusal(
                f"现有条文没有规定{left_open.what}，不能据此作答；请询问政府信息公开工作主管部门或者查本地规定。{_NEAREST}",
                left_open.nearest,
            )
    best = max((one.score for one in found), default=0.0)
    if best < WEAK:
        return Refusal("资料库中没有找到与这个问题相关的条文。请换一种说法，写明是公开、申请、答复、收费、年报还是诉讼方面的问题。")
    if outside > (CLEARLY if computed else 0.0):
        fits = decoys and decoys[0].score > FITTING * best
        return Refusal(f"{decoys[0].passage.text if fits else '这个问题的用语与政府信息公开无关，资料库中没有相关条文。'}{_NEAREST}")
    return None if computed else _missing_quantity(folded, found)


def _other_law(folded: str) -> str:
    """A law outside the corpus whose own rules are asked for: `民法典里怎么定义`, `预算法对…的规定`."""
    asked = re.search(
        f"({'|'.join(map(re.escape, sorted(rules().other_laws, key=len, reverse=True)))})》?(?:里|中|上|内|对|关于|规定|怎么|是怎么|如何|的|最|要求|罚)",
        folded,
    )
    return asked[1] if asked else ""


def _missing_quantity(folded: str, found: Sequence[Scored]) -> Refusal | None:
    close = [one for one in found[:3] if one.score >= NEAR * found[0].score]
    for quantity in rules().quantities:
        asked = re.search(quantity.ask, folded)
        if (
            asked
            and (re.match(_WITHIN, folded[asked.end() :]) or not re.search(rules().content, folded[asked.end() :]))
            and not any(re.search(quantity.have, one.passage.quotable) for one in close)
        ):
            return Refusal(f"问的是{quantity.kind}，而相关条文没有写明{quantity.kind}，不能据此作答。{_NEAREST}")
    return None
