"""Checking a model's sentence against the passages it cites: numbers, article numbers, modality, negation, bounds, and whether the passages speak of it at all.

Pure code. A sentence that fails is never shown as fact; the reason is kept in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pydantic import TypeAdapter
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.data_files import raw_data
from assistant.domain.base import Frozen
from assistant.domain.passage import Passage
from assistant.qa.named import other_bound, other_number, unknown_article, unknown_number
from assistant.retrieval.tokens import grams
from assistant.text.sentences import split_sentences

CLOSE = 0.6  # share of common words from which a clause is compared with one of the text
COPIED = 86.0  # similarity from which a sentence is held to be a copy of the text
SPOKEN_OF = 0.5  # share of a sentence's character pairs that the cited text must contain
_CLAUSE = re.compile(r"[，、；：。！？,;:]")
_REST = 10  # characters that a clause may go on behind what was matched of it
_BEFORE_CLAUSE = "，、；：。！？,;:（( 的但并也"
_DENYING = re.compile(
    r"不(?!动产|仅|但|断|论|管|良|服|清|明|齐|全|完整|准确|合理|正当|(?:得|能|会|应)?(?:超过|少于|多于|低于|高于|足|满|到))"
)
_RULING = {"must", "may", "not"}
_DENIED = re.compile(r"(?:不|没有|未|无需|无须|禁止)(?:得|能|予|再|用|必|需|会)?[一-鿿]{2}")
_FOREIGN = re.compile(r"https?:|www\.|<[^>]+>|[{}`]|\b1\d{10}\b")
_DECISIVE = re.compile(r"[应必须可得不未无禁准予再以上下内超至0-9０-９一二三四五六七八九十百千万两半收]")


class Modality(Frozen):
    """Words by class, from `data/modality.yaml`."""

    must: tuple[str, ...]
    may: tuple[str, ...]
    negation: tuple[str, ...]
    upper: tuple[str, ...]
    lower: tuple[str, ...]


@cache
def modality() -> Modality:
    """The words that ship with the program."""
    data = raw_data("assistant.qa", "data/modality.yaml")
    data["negation"] = data.pop("not")
    return TypeAdapter(Modality).validate_python(data, strict=False)


def objection(text: str, cited: Sequence[Passage], computed: str = "") -> str:
    """Why a sentence is not borne out by the passages it cites, in Chinese; empty when it is. `computed` is what code worked out."""
    source = "\n".join(
        (
            *(f"{passage.label} {passage.topic}。{passage.quotable}" for passage in cited),
            *("；".join(passage.facts) for passage in cited),
            computed,
        )
    )
    if _FOREIGN.search(text):
        return "含有条文里没有的网址、代码或者号码"
    if any(text == one.text for passage in cited for one in split_sentences(passage.quotable)):
        return ""
    return (
        unknown_number(text, source)
        or other_bound(text, source)
        or unknown_article(text, cited, source)
        or _unspoken(text, source)
        or _altered(text, source)
        or _turned(text, source)
    )


def _unspoken(text: str, source: str) -> str:
    pairs = [gram for gram in grams(text) if len(gram) == 2]
    have = set(grams(source))
    return "" if pairs and sum(gram in have for gram in pairs) >= SPOKEN_OF * len(pairs) else "所引条文没有说到这一点"


def _altered(text: str, source: str) -> str:
    """Whether a sentence that is all but copied differs just in a word that matters."""
    text = _smooth(text)
    for line in map(_smooth, source.split("\n")):
        if _literal(text, line):
            return ""
        found = fuzz.partial_ratio_alignment(text, line, score_cutoff=COPIED)
        if found is None or len(text) > len(line) + 4:
            continue
        first, last = max(0, found.dest_start - 2), _clause_end(line, found.dest_end)
        near = line[first:last]
        for step in Levenshtein.opcodes(text, near):
            tag, start, end, other, until = step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
            edge = tag == "insert" and start in (0, len(text))  # only what lies around the copied stretch
            if tag != "equal" and not edge and _DECISIVE.search(f"{text[start:end]}|{near[other:until]}"):
                return f"与条文只差关键字眼：条文是“{near.strip()}”"
    return ""


def _smooth(text: str) -> str:
    """Without words that only make a sentence official or flow: 予以公开 is 公开, 将 is 把. 不予 stays."""
    return re.sub(r"(?<!不)予以", "", text).replace("将", "把").replace("能够", "能")


def _clause_end(line: str, place: int) -> int:
    """The end of the clause at a place, if it is near."""
    rest = _CLAUSE.search(line, place)
    end = rest.start() if rest else len(line)
    return end if end - place <= _REST else min(len(line), place + 2)


def _literal(text: str, line: str) -> bool:
    """Whether every clause but a condition stands in the line as it is, in the same order and close together."""
    place = first = -1
    for clause in (part for part in _CLAUSE.split(text) if part):
        found = _aligned(clause, line, max(place, 0))
        if found < 0 and clause.endswith("的") and _condition_fits(clause, line):
            continue
        if found < 0:
            return False
        first = found if first < 0 else first
        place = found + len(clause)
    return first >= 0 and place - first <= len(text) + 8


def _aligned(clause: str, line: str, start: int) -> int:
    """Where a clause stands in the line as a clause of its own (公开是例外 does not stand in 不公开是例外); -1 when nowhere."""
    found = line.find(clause, start)
    while found > 0 and line[found - 1] not in _BEFORE_CLAUSE:
        found = line.find(clause, found + 1)
    return found


def _condition_fits(clause: str, source: str) -> bool:
    """Whether a condition put in other words (不能当场答复的) keeps to the negations of the text and says nothing of duty or permission."""
    words = modality()
    negations = [word for word in words.negation if word in clause]
    return bool(negations) and all(word in source for word in negations) and not any(word in clause for word in (*words.must, *words.may))


def _turned(text: str, source: str) -> str:
    """Whether the sentence turns the rule round: each clause against the clause of the source that is closest in words."""
    clauses = [clause for clause in _CLAUSE.split(text) if len(clause) >= 4]
    for clause in clauses:
        if any(_aligned(_smooth(clause), _smooth(line), 0) >= 0 for line in source.split("\n")):
            continue
        nearest, sentence = _nearest(clause, text, source)
        if clause.endswith("的") and _condition_fits(clause, source):
            continue
        if nearest and (why := _disagreement(clause, nearest, sentence)):
            return why
    return ""


def _nearest(clause: str, text: str, source: str) -> tuple[str, str]:
    """The clause of the source with most words in common, and the sentence around it; ("", "") when none is close. Of clauses that are equally
    close the one whose sentence has most in common with the whole text counts, and in one sentence a rule for what is given as a rule."""
    wanted, whole, ruling = set(_bare(clause)), set(_bare(text)), bool(_classes(clause, modality()) & _RULING)
    best, value = ("", ""), (0.0, 0, False)
    for line in source.split("\n"):
        for one in split_sentences(line, semicolons=True):
            common = len(whole & set(_bare(one.text)))
            for part in _CLAUSE.split(one.text):
                own = set(_bare(part))
                share = len(wanted & own) / max(1, min(len(wanted), len(own) + 2)) if own else 0.0
                if (fits := (share, common, bool(_classes(part, modality()) & _RULING) == ruling)) > value:
                    best, value = (part, one.text), fits
    return best if value[0] >= CLOSE else ("", "")


def _bare(text: str) -> list[str]:
    """Character pairs without the words of modality, so that only the matter is compared."""
    words = modality()
    for word in sorted((*words.must, *words.may, *words.negation), key=len, reverse=True):
        text = text.replace(word, " ")
    return [gram for gram in grams(text) if len(gram) == 2]


def _disagreement(clause: str, nearest: str, sentence: str) -> str:
    words = modality()
    says, rule = _classes(clause, words), _classes(nearest, words)
    wide = _classes(sentence, words)
    if other_number(clause, nearest):
        return "数字与条文的这一句不符"
    if "not" in says and "not" not in rule and not _negated(clause, sentence):
        return "条文没有这样的否定"
    if "not" in rule and "not" not in says and not says & {"upper"}:
        return "漏掉了条文的否定"
    for one, other, why in (
        ("must", "may", "条文是可以，不是应当"),
        ("may", "must", "条文是应当，不是可以"),
        ("lower", "upper", "上下限说反了"),
        ("upper", "lower", "上下限说反了"),
    ):
        if one in says and other in (rule | wide if one not in wide else rule) and one not in rule:
            return why
    return ""


def _negated(clause: str, sentence: str) -> bool:
    """Whether what the clause denies (不收费) is denied in so many words in the sentence of the text, if in another of its clauses."""
    denied = [match[0] for match in _DENIED.finditer(clause)]
    return bool(denied) and all(word in sentence for word in denied)


def _classes(text: str, words: Modality) -> set[str]:
    found = set()
    without = text
    for word in (*words.upper,):
        if word in text:
            found.add("upper")
            without = without.replace(word, " ")
    if any(word in without for word in words.lower) or re.search(r"(?<!不)(?<!不得)超过", without):
        found.add("lower")
    if _DENYING.search(without):
        found.add("not")
    for name, group in (("not", words.negation), ("must", words.must), ("may", words.may)):
        if any(word in without for word in group):
            found.add(name)
    return found
