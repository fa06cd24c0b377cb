"""Official texts as users download them: title, number and dates found, statutes split by article, notices by their own headings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.passage import CorpusDocument, DocumentKind, Passage
from assistant.errors import UnreadableFile
from assistant.retrieval.documents import Parsed
from assistant.retrieval.labels import article_label, to_chinese, to_number
from assistant.retrieval.tokens import counts
from assistant.text.dates import TextDate, find_dates

_ORDER = re.compile(r"国务院令\s*第?\s*(\d+)\s*号")
_NUMBER = re.compile(r"([一-鿿]{1,14})\s*[〔\[（(［]\s*((?:19|20)\d\d)\s*[〕\]）)］]\s*第?\s*(\d+)\s*号")
_QUOTED = re.compile(r"》\s*[（(][^）)]*[）)]")  # the number of a document that is only referred to
_COMPILED = re.compile(r"^={2,}\s*\S.*[〔\[]\d{4}[〕\]]\d+号")
_COMES_INTO_FORCE = re.compile(r"\s*起?\s*(?:施行|执行|实施)")
_ISSUED_BEFORE = re.compile(r"(?:成文日期|发布日期|公布日期|印发)\s*[:：]?\s*$")
_ISSUED_AFTER = re.compile(r"\s*[^。\n]{0,30}(?:公布|发布|印发|修订|通过)")
_META = re.compile(r"^(?:标题|文号|来源|成文日期|发文机关|索引号|主题词|发布日期|公布日期|作者|字号|打印|关闭|分享)\s*[:：]")
_TITLE_WORDS = re.compile(r"(?:条例|办法|规定|解释|通知|意见|规范|细则|格式|法|决定|函|批复|答复|公告)(?:（[^）]*）|\([^)]*\))?$")
_ARTICLE = re.compile(r"^(?:#+\s*)?第\s*([零〇一二三四五六七八九十百千\d]+)\s*条(?:之[一二三四五六七八九])?[\s　:：]*")
_CHAPTER = re.compile(r"^(?:#+\s*)?(第\s*[一二三四五六七八九十百]+\s*[编章节])\s*(.{0,40})$")
_TOP = re.compile(r"^(?:#+\s*)?([一二三四五六七八九十]{1,3})\s*、\s*(.*)$")
_ITEM = re.compile(r"^(?:#+\s*)?[（(]([一二三四五六七八九十]{1,3})[）)]\s*(.*)$")
_DIGIT = re.compile(r"^(?:#+\s*)?(\d{1,2})\s*[、.．]\s*(.*)$")
_ANNEX = re.compile(r"^(?:#+\s*)?附\s*件\s*(?:[\d一二三四五六七八九十]*)\s*[:：]?\s*(.*)$")


@dataclass(frozen=True)
class _Piece:
    """A passage in the making."""

    label: str
    topic: str
    chapter: str
    lines: tuple[str, ...]


def parse_officials(text: str, name: str, *, known: Sequence[Parsed] = ()) -> tuple[Parsed, ...]:
    """The documents in a file: one, or several where headings with official numbers of their own divide it (a compilation). Raises `UnreadableFile`."""
    lines = text.split("\n")
    starts = [place for place, line in enumerate(lines) if _COMPILED.match(line)]
    if not starts:
        return (parse_official(text, name, known=known),)
    parts = ["\n".join(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return tuple(parse_official(part, name, known=known) for part in parts)


def parse_official(text: str, name: str, *, known: Sequence[Parsed] = ()) -> Parsed:
    """The document in an official text. `known` documents lend id and headings where number agrees. Raises `UnreadableFile` when nothing can be split off."""
    lines = [line for line in (re.sub(r"[\s　]+", " ", line).strip() for line in text.split("\n")) if line and not line.startswith("<!--")]
    head = "\n".join(lines[:40])
    title, number = _title(lines, name), find_number(head)
    twin = _twin(title, number, known)
    topics = {passage.label: passage.topic for passage in twin.passages} if twin else {}
    pieces = _articles(lines) or _headings(lines, topics) or [_Piece("全文", "", "", tuple(_body(lines, title)))]
    identity = twin.document.id if twin else f"user-{hashlib.sha256(f'{number}|{title}'.encode()).hexdigest()[:10]}"
    passages = tuple(_passages(identity, pieces))
    if not passages:
        raise UnreadableFile(f"文件 {name} 里没有找到可以收录的条文。", "请确认是法规、文件正文，而不是目录或者网页导航。")
    effective, issued = _effective(text), _issued(head)
    document = CorpusDocument(
        id=identity, kind=twin.document.kind if twin else _kind(title, pieces), title=title, number=twin.document.number if twin else number,
        issuer=twin.document.issuer if twin else "", issued=issued, effective_from=effective or issued, form="official", source=name,
    )  # fmt: skip
    return Parsed(document, passages)


def _twin(title: str, number: str, known: Sequence[Parsed]) -> Parsed | None:
    """The known document with the same number, or with the same title where the text prints no number."""
    for one in known:
        same = fold_number(one.document.number) == fold_number(number) if number else fold_title(one.document.title) == fold_title(title)
        if same:
            return one
    return None


def fold_title(title: str) -> str:
    """A title for comparison: without blanks, brackets and the name of the country."""
    return re.sub(r"[\s《》〈〉]|^中华人民共和国", "", unicodedata.normalize("NFKC", title))


def find_number(text: str) -> str:
    """The official number in the head of a text (`国务院令第711号`, `法释〔2025〕8号`), the last of several orders of the State Council; empty when none."""
    text = _QUOTED.sub("", text)
    orders = _ORDER.findall(text)
    found = _NUMBER.search(text)
    if orders and not (found and found.start() < text.index("国务院令")):
        return f"国务院令第{orders[-1]}号"
    return f"{_agency(found[1])}〔{found[2]}〕{found[3]}号" if found else ""


def fold_number(number: str) -> str:
    """A number for comparison: brackets and width unified."""
    return re.sub(r"[\s第\[\]〔〕()（）［］]", "", unicodedata.normalize("NFKC", number))


def _agency(words: str) -> str:
    """The agency's sign before the year: what follows the last word that cannot belong to it."""
    return re.split(r"文号|字号|以下简称|根据|依据|按照|和|与|及|的|关于", words)[-1]


def _title(lines: Sequence[str], name: str) -> str:
    stated = next((line for line in lines[:30] if line.startswith(("标题:", "标题："))), "")
    if stated:
        return re.sub(r"^标题\s*[:：]\s*", "", stated).split("（国务院办公厅")[0].strip()
    compiled = _COMPILED.match(lines[0]) and re.search(r"号\s*(关于[^（(]+)", lines[0])
    if compiled:
        return compiled[1].strip()
    for place, line in enumerate(lines[:15]):
        bare = line.lstrip("#= ").strip()
        if _META.match(bare) or _ARTICLE.match(bare) or bare.endswith(("。", "；", "，")) or len(bare) > 90:
            continue
        if _TITLE_WORDS.search(bare):
            before = lines[place - 1].lstrip("# ").strip() if place else ""
            joined = before + bare if before and bare.startswith("关于") and not _META.match(before) and len(before) < 40 else bare
            return joined.replace(" ", "")
    return name.rsplit(".", 1)[0]


def _kind(title: str, pieces: Sequence[_Piece]) -> DocumentKind:
    if "最高人民法院" in title:
        return "judicial"
    if re.search(r"解释|答复|函$", title):
        return "interpretation"
    return "statute" if pieces[0].label.endswith("条") else "notice"


def _articles(lines: Sequence[str]) -> list[_Piece]:
    """Articles in order of their numbers; a line that merely begins with a reference to another article does not start one."""
    pieces: list[_Piece] = []
    chapter, expected = "", 1
    for line in lines:
        if (heading := _CHAPTER.match(line)) and not line.endswith("。"):
            chapter = f"{heading[1].replace(' ', '')} {heading[2].strip()}".strip()
            continue
        article = _ARTICLE.match(line)
        if article and to_number(article[1]) == expected and _begins(line[article.end() - 1 :], pieces):
            rest = line[article.end() :].strip()
            pieces.append(_Piece(article_label(expected), "", chapter, (rest,) if rest else ()))
            expected += 1
        elif pieces:
            pieces[-1] = _Piece(pieces[-1].label, "", pieces[-1].chapter, (*pieces[-1].lines, line))
    return pieces if len(pieces) > 1 else []


def _begins(rest: str, pieces: Sequence[_Piece]) -> bool:
    """Whether an article label at the start of a line begins an article: not when it goes on a sentence of the line before."""
    if re.match(r"条(?:规定|所|的|第|[、和及至])", rest):
        return False
    unfinished = pieces and pieces[-1].lines and not pieces[-1].lines[-1].endswith(("。", "；", "：", ":", "！", "？", "”", "）", ")"))
    return not unfinished or rest[:1] != "条"


def _headings(lines: Sequence[str], topics: Mapping[str, str]) -> list[_Piece]:
    """Passages by 一、（一）; by 1、 where the text has no others; those of an annex under their own labels."""
    annex = next(
        (
            place
            for place, line in enumerate(lines)
            if (found := _ANNEX.match(line)) and place and ("模板" in found[1] or "格式" in found[1])
        ),
        len(lines),
    )
    pieces = _by_level(lines[:annex], topics) or _by_digits(lines[:annex])
    return pieces + _annex(lines[annex:], topics)


def _by_level(lines: Sequence[str], topics: Mapping[str, str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    top, item = 0, 0
    for line in lines:
        if (found := _TOP.match(line)) and to_number(found[1]) == top + 1:
            top, item = top + 1, 0
            label = to_chinese(top)
            pieces.append(_Piece(label, topics.get(label, ""), found[2] if len(found[2]) <= 30 else "", (found[2],)))
        elif top and (found := _ITEM.match(line)) and to_number(found[1]) == item + 1:
            item += 1
            label = f"{to_chinese(top)}（{to_chinese(item)}）"
            pieces.append(_Piece(label, topics.get(label, ""), pieces[-1].chapter, (found[2],)))
        elif pieces:
            pieces[-1] = _Piece(pieces[-1].label, pieces[-1].topic, pieces[-1].chapter, (*pieces[-1].lines, line))
    return pieces


def _by_digits(lines: Sequence[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for line in lines:
        if (found := _DIGIT.match(line)) and int(found[1]) == len(pieces) + 1:
            pieces.append(_Piece(found[1], "", "", (found[2],)))
        elif pieces:
            pieces[-1] = _Piece(pieces[-1].label, "", "", (*pieces[-1].lines, line))
    return pieces


def _annex(lines: Sequence[str], topics: Mapping[str, str]) -> list[_Piece]:
    """Parts of a form in an annex. Rows of its tables are numbered like its parts, so a known heading decides which line begins a part."""
    places: list[int] = []
    for number in range(1, 11):
        start = places[-1] + 1 if places else 0
        fits = [place for place in range(start, len(lines)) if (found := _TOP.match(lines[place])) and to_number(found[1]) == number]
        if not fits:
            break
        topic = counts((topics.get(f"附件模板{to_chinese(number)}", ""),))
        places.append(max(fits, key=lambda place: (sum(token in topic for token in counts((lines[place],))), -place)))
    ends = [*places[1:], len(lines)]
    return [
        _Piece(f"附件模板{to_chinese(number)}", topics.get(f"附件模板{to_chinese(number)}", ""), "附件", tuple(lines[start:end]))
        for number, (start, end) in enumerate(zip(places, ends, strict=False), 1)
    ]


def _body(lines: Sequence[str], title: str) -> list[str]:
    return [line for line in lines if line.lstrip("# ") != title and not _META.match(line) and set(line) - {"="}]


def _passages(document: str, pieces: Sequence[_Piece]) -> list[Passage]:
    found: dict[str, Passage] = {}
    for piece in pieces:
        text = "\n".join(piece.lines).strip()
        if text and piece.label not in found:
            topic = piece.topic or ("" if piece.label.endswith("条") or len(piece.lines[0]) > 30 else piece.lines[0].rstrip("。"))
            found[piece.label] = Passage(
                id=f"{document}#{piece.label}",
                document=document,
                label=piece.label,
                topic=topic,
                chapter=piece.chapter,
                order=len(found),
                official=text,
            )
    return list(found.values())


def _effective(text: str) -> date | None:
    """The last day of which the text says that it comes into force then."""
    return next((day for one, day in reversed(_days(text)) if _COMES_INTO_FORCE.match(text, one.end)), None)


def _issued(head: str) -> date | None:
    """The first day of which the head of a text says that it was issued then."""
    return next((day for one, day in _days(head) if _ISSUED_BEFORE.search(head[: one.start]) or _ISSUED_AFTER.match(head, one.end)), None)


def _days(text: str) -> list[tuple[TextDate, date]]:
    """The full dates of a text, however they are written."""
    return [(one, date(one.year, one.month, one.day)) for one in find_dates(text) if one.year and one.month and one.day and one.exists]
