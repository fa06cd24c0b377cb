"""Article numbers in a question: `条例第三十六条第五项`, `711号令33条`, `法释〔2025〕8号第十条`, `30号文一（四）`, and those of laws that are not in the corpus."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.domain.passage import CorpusDocument, Passage
from assistant.qa.rules import rules
from assistant.retrieval.corpus import Corpus
from assistant.retrieval.labels import NUMBER, article_label, plain_numerals, to_chinese, to_number

_ARTICLE = re.compile(
    rf"(?P<before>.{{0,40}}?)(?P<mark>第?)(?P<number>{NUMBER})(?:、(?P<more>{NUMBER}))?条(?:[的之里中,、]?第?(?P<paragraph>{NUMBER})款)?(?P<items>(?:[、,和及与跟的]?(?:第?\(?{NUMBER}\)?项|第?\({NUMBER}\)))*)"
)
_PART = re.compile(
    r"第?(?P<part>[一二三四五六])(?:部分|大?点)?[、,]?(?:第?\((?P<item>[一二三四五六])\)|第(?P<bare>[一二三四五六])(?:项|点|条|款))"
)
_TEMPLATE = re.compile(r"(?:附件模板(?P<template>[一二三四五六])|表(?P<table>[二三四]))")
_POINT = re.compile(rf"第(?P<number>{NUMBER})(?:大?点|款|项|部分|段|个问题)")
_EARLIER = re.compile(r"(?:旧|老|原|2007年?(?:版|的)?|修订前的?|492号令?)《?(?:政府信息公开|信息公开)?(?:条例)?$")
_SPELLED = re.compile(rf"(?:令|第|\]|〕)(?P<number>{NUMBER})号|(?P<alone>{NUMBER})号(?=令|文|函|解释|通知|办法|件)")
_SECTION = re.compile(rf"§+({NUMBER})条?")
_FIRST = re.compile(r"(?:头一?个?|首)(?=[款项条])")
_PAUSE = re.compile(r"[,，:：;；、。\s]+$")
_MENTIONED = 3  # characters from which a name is looked for anywhere before the article, not just right before it
_WHOLE_TEXT = re.compile(
    r"^(?:文|文件|通知|解释|令|函|办法)*(?:这个|那个|里|中|里面)?(?:主要|到底|究竟|都|是|大概)*(?:讲|说|规定|管|写|关于)(?:的|了)*(?:是)?(?:什么|啥|哪些|哪方面|些什么)|^(?:文|文件|通知|解释|令|函|办法)*(?:的)?(?:内容|全文|原文|主要内容|要点)"
)
_FEW = 5  # passages up to which a document asked for as a whole is given whole
_KIND = re.compile(r"号(?:解释|文件|通知|办法|批复|答复|复函|意见|规定)+$")
_NUMBERED = re.compile(r"(?P<issuer>[一-鿿]*?)第?(?P<rest>(?:\[\d{4}\])?\d+号)$")
_BARE = re.compile(r"^(.*?)第?(\d+号)$")
_CALLED = re.compile(r"(?<!月)\d+号(?:令|文|函|解释|文件|通知|办法|批复|规定)")
_LEAD = re.compile(r"^.*(?:请问|请教|按照?|根据|依据|依照|关于|文件|通知|看|查|问|说|的|和|与|及|跟|或者?|在|对|那|这|个|份|条|款|项)")
_AGENCY = re.compile(r"(?:[部委局厅院府发函字令规办会]|[省市县区]里?)$")  # how the name or the sign of an agency ends
_TRAILING = re.compile(r"(?:令|文|函|的|中|里|》|\)|修订后?|现行|新版?)*$")
_OWN_WORDS = re.compile(r"(?:讲|说|规定|内容|原文|全文|是什么|什么意思|怎么理解|写的)")
_MEASURE = re.compile(r"^(?:意见|建议|路|消息|新闻|街|线|船|裤)")
_DESCRIBED = re.compile(
    r"(?:(?P<year>20\d\d)年?)?(?:的|那个|这个|由|出的)*(?P<issuer>最高人民法院|最高法院?|国办|国务院)?(?P<subject>[一-鿿]{0,16}?)(?P<kind>解释|办法|格式|规定|条例)$"
)
_FILLING = re.compile(r"那个|这个|那部|这部|出台|发布|印发|公布|最新|新的?|司法|关于|的|有关|年报(?=格式)")
DEFAULT = "regulation-711"


@dataclass(frozen=True)
class Cited:
    """An article that the question names by number. `passage` is None when the document has no such article;
    `document` is empty for a law outside the corpus, named by `law`."""

    document: str
    label: str
    passage: Passage | None = None
    paragraph: int | None = None
    items: tuple[int, ...] = ()
    law: str = ""


def cited(question: str, corpus: Corpus) -> tuple[Cited, ...]:
    """The articles named in the question, in order."""
    text = _folded(question)
    names = _names(corpus)
    found: list[Cited] = []
    place, last = 0, ""
    for match in _ARTICLE.finditer(text):
        before = text[place : match.start("mark")]
        place = match.end()
        document, law = _document(_PAUSE.sub("", before), names, corpus)
        if not document and not law and match["mark"]:
            document = _mentioned(before, names)
        if (not match["mark"] and not document and not law) or _MEASURE.match(text[match.end() :]):
            continue
        if law:
            found.append(Cited(document="", label=_label(match["number"]), law=law))
            continue
        last = document or last or DEFAULT
        found += [_one(corpus, last, number, match) for number in (match["number"], match["more"]) if number]
    if found:
        return tuple(dict.fromkeys((*found, *_headed(text, corpus, names))))
    return _parts(text, corpus, names) or _whole(text, corpus, names)


def _one(corpus: Corpus, document: str, number: str, match: re.Match[str]) -> Cited:
    label = _label(number)
    paragraph = to_number(match["paragraph"]) if match["paragraph"] else None
    items = tuple(value for text in re.findall(NUMBER, match["items"]) if (value := to_number(text)))
    passage = _passage(corpus, document, number)
    return Cited(document, passage.label if passage else label, passage, paragraph, items)


def _passage(corpus: Corpus, document: str, number: str) -> Passage | None:
    """The passage with this number; notices and interpretations head theirs `三` or `3` where people say 第三条."""
    value = to_number(number)
    labels = (article_label(value), to_chinese(value), str(value)) if value else ()
    return next((found for label in labels if (found := corpus.find(document, label))), None)


def _label(number: str) -> str:
    value = to_number(number)
    return article_label(value) if value else f"第{number}条"


def _parts(text: str, corpus: Corpus, names: Mapping[str, str]) -> tuple[Cited, ...]:
    """Headings of notices: only beside the name of the notice, since `一（一）` alone may be anything."""
    ends = sorted((text.find(name) + len(name) for name in names if name in text), reverse=True)
    end, document, law = next(((end, *said) for end in ends if any(said := _document(text[:end], names, corpus))), (0, "", ""))
    if not end:
        return ()
    after = text[end:]
    if law:
        other = _PART.match(after) or _POINT.match(after)
        return (Cited(document="", label=other[0], law=law),) if other else ()
    if headed := _headed(text, corpus, names):
        return headed
    if _PART.search(after):
        return ()
    if (form := _TEMPLATE.search(after)) and _OWN_WORDS.search(text):
        found = corpus.find(document, f"附件模板{form['template'] or form['table']}")
    elif point := _POINT.search(after):
        found = _passage(corpus, document, point["number"])
    else:
        return ()
    return (Cited(document, found.label, found),) if found else ()


def _headed(text: str, corpus: Corpus, names: Mapping[str, str]) -> tuple[Cited, ...]:
    """The parts of notices (`一（四）`) named behind each notice, up to the next document that is named."""
    spans = sorted((found.start(), found.end()) for name in names for found in re.finditer(re.escape(name), text))
    parts: list[Cited] = []
    for end in sorted({end for _, end in spans}):
        document = _document(text[:end], names, corpus)[0]
        upto = min((start for start, _ in spans if start >= end), default=len(text))
        if document and _has_parts(document, corpus):
            for part in _PART.finditer(text[end:upto]):
                label = f"{part['part']}({part['item'] or part['bare']})"
                found = corpus.find(document, label)
                parts.append(Cited(document, found.label if found else label, found))
    return tuple(dict.fromkeys(parts))


def _has_parts(document: str, corpus: Corpus) -> bool:
    """Whether the headings of a document are of the kind `一（四）`."""
    return any(_PART.match(passage.label.replace("（", "(").replace("）", ")")) for passage in corpus.of(document))


def _whole(text: str, corpus: Corpus, names: Mapping[str, str]) -> tuple[Cited, ...]:
    """The passages of a document asked for as a whole by its number: `国办公开办函〔2016〕201号讲什么`; of a long one the first."""
    for name in sorted((name for name in names if name.endswith("号") and name in text), key=len, reverse=True):
        end = text.find(name) + len(name)
        document, law = _document(text[:end], names, corpus)
        if _WHOLE_TEXT.search(text[end:]) and (document or law):
            passages = corpus.of(document)[:_FEW] if document else ()
            return tuple(Cited(document, one.label, one) for one in passages) or (Cited("", "", law=law),)
    return ()


def _mentioned(before: str, names: Mapping[str, str]) -> str:
    """The document that is named last before an article, with words between: `8号解释我看不懂,第五条`."""
    places = {before.rfind(name) + len(name): names[name] for name in names if len(name) >= _MENTIONED and name in before}
    return places[max(places)] if places else ""


def _document(before: str, names: Mapping[str, str], corpus: Corpus) -> tuple[str, str]:
    """(document id, "") for a document of the corpus, ("", name) for another law, ("", "") when the words before the number name none."""
    bare = _KIND.sub("号", _TRAILING.sub("", before))
    if earlier := _EARLIER.search(bare):
        return "", f"{earlier[0].replace('《', '')}（2007年公布，已修订）"
    if numbered := _NUMBERED.search(bare):
        document = _by_number(numbered["issuer"], numbered["rest"], corpus)
        if document or "[" in bare or _CALLED.search(before) or _AGENCY.search(numbered["issuer"]):
            return document, "" if document else _LEAD.sub("", numbered["issuer"]) + numbered["rest"]
    other = next((law for law in rules().other_laws if bare.endswith(law)), "")
    name = next(
        (
            name
            for name in sorted(names, key=len, reverse=True)
            if bare.endswith(name) and not (name[0].isdigit() and bare[: -len(name)][-1:].isdigit())
        ),
        "",
    )
    if len(other) > len(name):
        return "", other
    if name:
        ahead = bare[: len(bare) - len(name)]
        region = re.search(r"[一-鿿]{2,6}(?:省|市|自治区|县)(?:政府)?$", ahead)
        return ("", f"{region[0]}{name}") if region and name in {"条例", "政府信息公开条例", "信息公开条例"} else (names[name], "")
    if described := _described(bare, corpus):
        return described, ""
    law = re.search(r"[一-鿿]{1,12}(?:法典|法|条例|细则|规定|办法|解释)$", bare)
    return ("", re.sub(r"^.*?(?:请问|根据|依据|按照?|依照|问|看)", "", law[0])) if law else ("", "")


def _described(bare: str, corpus: Corpus) -> str:
    """The one document told by its year or issuer and its subject: `2025年最高法那个信息公开解释`; empty when none or several fit."""
    found = _DESCRIBED.search(bare)
    if not found or not (found["year"] or found["issuer"]):
        return ""
    subject = set(_FILLING.sub("", found["subject"]))
    fitting = [
        one.id
        for one in corpus.documents.values()
        if one.is_legal
        and (not found["year"] or (one.issued is not None and one.issued.year == int(found["year"])))
        and (found["year"] or one.effective_to is None)
        and (not found["issuer"] or found["issuer"][:2] in one.issuer.replace("国务院办公厅", "国办国务院办公厅"))
        and found["kind"] in one.title
        and subject <= set(one.title)
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _by_number(issuer: str, rest: str, corpus: Corpus) -> str:
    """The document with this number, empty when there is none. A number is only unique with its issuer: 国办函〔2019〕14号 is not 国办公开办函〔2019〕14号,
    财政部30号文 is not the 30号 that everybody means."""
    said = _LEAD.sub("", issuer)
    for document in corpus.documents.values():
        for number in (document.number, *document.aliases) if document.is_legal else ():
            sign, _, own = (
                _TRAILING.sub("", _folded(number)).rpartition("[")
                if "[" in rest
                else _BARE.sub(r"\1|\2", _TRAILING.sub("", _folded(number))).rpartition("|")
            )
            if own and own == rest.removeprefix("[") and _issued_by(said, sign, document, exact="[" in rest):
                return document.id
    return ""


def _issued_by(said: str, sign: str, document: CorpusDocument, *, exact: bool) -> bool:
    """Whether the words before a number can mean the issuer of a document: its sign, or where the number stands alone anything that is no other agency."""
    if not said or said.endswith(sign or "\n") or sign.endswith(said):
        return True
    names = iter(document.issuer + document.number)
    return not exact and (not _AGENCY.search(said) or all(char in names for char in said))


def _names(corpus: Corpus) -> Mapping[str, str]:
    return _names_of(tuple(corpus.documents.values()))


@cache
def _names_of(documents: tuple[CorpusDocument, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for document in documents:
        if document.is_legal:
            for name in (document.title, document.title.removeprefix("中华人民共和国"), document.number, *document.aliases):
                folded = _TRAILING.sub("", _folded(name))
                found.setdefault(folded, document.id)
                found.setdefault(folded.replace("第", "", 1) if "令第" in folded else folded, document.id)
    found.pop("", None)
    return found


def _in_digits(text: str, number: str) -> str:
    return text.replace(number, str(to_number(number) or number))


def _folded(text: str) -> str:
    """Half-width, without blanks, the year of a document number always in square brackets."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    folded = _FIRST.sub("第一", _SECTION.sub(r"第\1条", plain_numerals(folded)))
    folded = _SPELLED.sub(lambda found: _in_digits(found[0], found["number"] or found["alone"]), folded)
    return re.sub(r"[〔\[(【](\d{4})年?[〕\])】]", r"[\1]", folded).replace("〔", "[").replace("〕", "]")
