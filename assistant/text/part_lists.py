"""Numbers said to be parts of another: behind 其中 or 分别为, in brackets, behind a colon, in the next sentence, or told one by one with a rest.

A list of parts has a whole, which stands before what opens the list, in the same sentence or the one before; it ends with the sentence, the bracket or
the next item of an enumeration. A part may have parts of its own. Documents are counted by several measure words (件, 条, 篇): a number with another
one, like a number behind a semicolon, may or may not be a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.expressions import regex
from assistant.text.mentions import SHUT, Mention
from assistant.text.part_labels import divide, is_rest, kinds, label_of, no_part, other_act, shared, times
from assistant.text.part_openings import Opening, openings
from assistant.text.sentences import Sentence

_DOCUMENTS = frozenset({"件", "条", "份", "篇", "个", "则", "期", "项", "次", "宗", "起", "例", "部", "幅"})
_OPEN_END = regex(r"[^，,。；;）)]{0,8}等(?![于\d])|……")
_PARTLY = ("其中", "含", "包括", "包含", "另", "不含", "不包括")
_COMPLETE = frozenset({"complete", "division"})
_MOST = Decimal("0.75")
_TOGETHER = regex(r"共|累计|总|合计|收到|受理")


@dataclass(frozen=True)
class PartList:
    """Numbers said to be parts of another (`total`), by index of `Mention`. `doubtful`: numbers of the list that may be parts as well. `others`: numbers that
    may be the whole instead of `total`. `marked` when words, brackets or a colon say that parts follow; `closed` when the list names all parts: it promises
    to, has a rest (其他, 其余), fills a bracket or what follows a colon, or its labels divide a whole; `open_ended` when it ends in 等; `bracketed`
    when it stands in a bracket of its own; `shared` when the labels are kinds of one thing."""

    total: int
    parts: tuple[int, ...]
    doubtful: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    marked: bool = True
    closed: bool = False
    open_ended: bool = False
    bracketed: bool = False
    shared: bool = False


@dataclass
class _Stretch:
    """An opening with the numbers behind it. `wholes`: the numbers that may be its whole, the likeliest first."""

    opening: Opening
    sentence: Sentence
    members: list[Mention]
    wholes: list[Mention]
    nested: bool = False


def part_lists(text: str, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]) -> tuple[PartList, ...]:
    """The lists of parts among the numbers of a paragraph, by their totals in reading order."""
    counts = [m for m in mentions if m.numeral.kind == "count" and m.numeral.unit]
    if len(counts) < 2:
        return ()
    by_sentence: dict[int, list[Mention]] = {}
    for mention in counts:
        by_sentence.setdefault(mention.sentence.start, []).append(mention)
    found: list[PartList] = []
    earlier: list[Mention] = []  # what the sentences before tell, the last first
    for place, sentence in enumerate(sentences):
        here = by_sentence.get(sentence.start, [])
        if not here:
            continue
        stretches = _stretches(text, sentence, here, earlier)
        lists = [made for stretch in stretches for made in _lists_of(text, stretch, mentions)]
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        unresolved = [m.index for stretch in stretches if stretch.opening.kind == "set" or not stretch.wholes for m in stretch.members]
        lists += _unmarked(text, here, lists, unresolved, by_sentence.get(following.start, []) if following else [])
        found += lists
        parts = {index for made in lists for index in made.parts}
        wholes = [m for m in here if m.depth == 0 and m.index not in parts]
        earlier = [*reversed(wholes), *earlier] if wholes else earlier
    return tuple(sorted(found, key=lambda made: (made.total, made.parts)))


def _stretches(text: str, sentence: Sentence, here: list[Mention], earlier: list[Mention]) -> list[_Stretch]:
    """What each opening of a sentence holds, the numbers of a list within a list left to the inner one."""
    found: list[_Stretch] = []
    for opening in openings(text, sentence, here):
        depth = opening.depth
        members = [m for m in here if m.depth == depth and opening.end <= m.numeral.start < opening.close]
        before = [m for m in here if opening.low <= m.numeral.start and m.numeral.end <= opening.start]
        if opening.kind == "set":
            members = [m for m in here if m.depth == depth and opening.end <= m.numeral.start]
        wholes = [m for m in reversed(before) if m.depth == (depth - 1 if opening.kind == "bracket" else depth)]
        if opening.kind == "set":
            wholes = [m for m in here if opening.start <= m.numeral.start < opening.end]
        if opening.kind == "bracket":
            wholes = wholes[:1]
        stretch = _Stretch(opening, sentence, members, wholes)
        outer = next(
            (s for s in reversed(found) if s.opening.kind != "bracket" and s.opening.depth == depth and wholes and wholes[0] in s.members),
            None,
        )
        if outer is not None and opening.kind != "bracket":
            _nest(text, outer, stretch)
        elif not wholes and depth == 0 and (opening.leads or opening.kind == "division"):
            stretch.wholes = earlier
        if stretch.members:
            found.append(stretch)
    return found


def _nest(text: str, outer: _Stretch, inner: _Stretch) -> None:
    """Deal the numbers behind an opening within a list out to it and to the list around it. Behind a semicolon, 其中 speaks of the outer whole again;
    a semicolon ends an inner list; without one the numbers must tell."""
    opening = inner.opening
    gap = text[max(inner.wholes[0].numeral.end, 0) : opening.start].strip()
    behind = [m for m in outer.members if m.numeral.start >= opening.end]
    if gap[:1] in ("；", ";", "。"):
        inner.wholes = [*outer.wholes, *inner.wholes]
        outer.members = [m for m in outer.members if m not in behind]
        return
    if outer.wholes and value_of(inner.wholes[0]) >= value_of(
        outer.wholes[0]
    ):  # it is the whole once more: 在107条中，电子化的共107条，其中…
        outer.members = [m for m in outer.members if m not in behind]
        return
    end = min((place for place in (text.find(mark, opening.end, opening.close) for mark in "；;") if place >= 0), default=-1)
    if end >= 0:
        inner.members = [m for m in inner.members if m.numeral.start < end]
        outer.members = [m for m in outer.members if m not in inner.members]
        inner.nested = True
        return
    cut = _cut(outer, inner)
    inner.wholes = [*inner.wholes[:1], *outer.wholes[:1]]
    own = inner.members[:cut] if cut is not None else []
    outer.members = [m for m in outer.members if m not in behind or (cut is not None and m not in own)]
    inner.members = own


def _cut(outer: _Stretch, inner: _Stretch) -> int | None:
    """How many of the numbers belong to the inner list: so many that the outer or the inner one adds up."""
    rest = [m for m in outer.members if m.numeral.start < inner.opening.start]
    counts = range(len(inner.members), 0, -1)
    wholes = [value_of(m) for m in outer.wholes[:1]]
    for count in counts:
        if total_of(rest + inner.members[count:]) in wholes:
            return count
    inside = [value_of(m) for m in (*inner.wholes[:1], *outer.wholes[:1])]
    return next((count for count in counts if total_of(inner.members[:count]) in inside), None)


def _lists_of(text: str, stretch: _Stretch, mentions: tuple[Mention, ...]) -> list[PartList]:
    """The lists of one stretch: one for each measure word that a possible whole has."""
    out: list[PartList] = []
    seen: set[str] = set()
    members = [m for m in stretch.members if not no_part(m)]
    if not members or members[0] is not stretch.members[0]:
        return []  # 其中被采用41条: what became of some of them
    for whole in stretch.wholes:
        unit = unit_of(whole)
        if unit in seen:
            continue
        seen.add(unit)
        same = [m for m in members if unit_of(m) == unit]
        if same and _reaches(text, stretch, same[0]):
            wholes = [m for m in stretch.wholes if unit_of(m) == unit]
            out += _made(text, stretch, wholes, same, members)
    return out


def _reaches(text: str, stretch: _Stretch, first: Mention) -> bool:
    """Whether words for what follows (包括, 主要有) are followed by a number and not by a list of names."""
    if stretch.opening.kind not in ("among", "complete") or text.startswith("其中", stretch.opening.start):
        return True
    between = text[stretch.opening.end : first.numeral.start].lstrip("，,：: ")
    return "，" not in between or any(m.numeral.end <= first.numeral.start for m in stretch.members if m is not first)


def _made(text: str, stretch: _Stretch, wholes: list[Mention], same: list[Mention], members: list[Mention]) -> list[PartList]:
    most = max(map(value_of, same))
    total = next((m for m in wholes if value_of(m) >= most), wholes[0]) if stretch.opening.kind != "bracket" else wholes[0]
    doubtful = _doubtful(text, same, members if _is_document(total) else same)
    sure = [m for m in members if m not in doubtful and (m in same or (_is_document(m) and _is_document(total)))]
    bracketed = stretch.opening.kind == "bracket"
    if bracketed and len(same) < 2:
        return []
    end, last = same[-1].numeral.end, stretch.members[-1].numeral.end
    labels = [label_of(m) for m in sure]
    if (
        stretch.opening.kind == "set"
        and total.sentence == stretch.sentence
        and not (divide(labels) or any(map(is_rest, sure)) or _nearly(total, sure))
    ):
        return []
    closed = len(same) > 1 and (
        stretch.opening.kind in _COMPLETE or any(map(is_rest, same)) or divide(labels) or _filled(text, stretch, sure, last)
    )
    return [
        PartList(
            total.index, _indices(sure), _indices(doubtful), _indices([m for m in wholes if m is not total]), True, closed,
            _OPEN_END.match(text, end) is not None and not is_rest(same[-1]), bracketed, shared(labels),
        )
    ]  # fmt: skip


def _doubtful(text: str, same: list[Mention], members: list[Mention]) -> list[Mention]:
    """The numbers that may be no parts: those of another measure word for documents behind all others, those behind a semicolon that follows two
    parts, and those told of another act."""
    out = [m for m in members if m.index > same[-1].index and _is_document(m)]
    first = next((place for place in range(1, len(same)) if _parted(text, same[place - 1], same[place])), 0)
    if first > 1:
        closing = next((place for place in range(len(same) - 1, first - 1, -1) if is_rest(same[place])), first - 1)
        out += same[closing + 1 :]  # a rest (其他54条) closes the list over all semicolons
    acts = [m for m in same if other_act(m)]
    if len(acts) < len(same) - 1 and same[0] not in acts:
        out += [m for m in acts if m not in out]
    return sorted(out, key=lambda m: m.index)


def _is_document(mention: Mention) -> bool:
    return unit_of(mention) in _DOCUMENTS


def _parted(text: str, one: Mention, two: Mention) -> bool:
    return any(mark in text[one.numeral.end : two.numeral.start] for mark in "；;")


def _filled(text: str, stretch: _Stretch, parts: list[Mention], end: int) -> bool:
    """Whether a bracket, or what follows a colon to the end of the sentence, holds nothing but the parts."""
    if not parts or parts[0].left.startswith(_PARTLY):
        return False
    if stretch.opening.kind == "bracket":
        return text[end : end + 1] in tuple(SHUT)
    return stretch.opening.kind == "colon" and not text[end : stretch.sentence.end].strip("。；;！ \n）)")


def _nearly(total: Mention, run: list[Mention]) -> bool:
    """Whether numbers told of a set are of one sort and leave little of it."""
    return len(run) > 2 and shared([label_of(m) for m in run]) and total_of(run) >= value_of(total) * _MOST


def _unmarked(text: str, here: list[Mention], lists: list[PartList], unresolved: list[int], following: list[Mention]) -> list[PartList]:
    """The runs of numbers that no word marks as parts: with labels that divide a whole, before nouns of one kind, or with a rest."""
    out: list[PartList] = []
    totals = {made.total for made in lists}
    taken = {index for made in lists for index in (*made.parts, *made.doubtful)} | set(unresolved)
    for place, total in enumerate(here):
        if total.index in taken | totals:
            continue
        run = [m for m in here[place + 1 :] if m.depth == total.depth and unit_of(m) == unit_of(total) and m.index not in taken]
        parts = _told(text, total, here[place + 1 :], run, following)
        if len(parts) > 1:
            taken.update(m.index for m in parts)
            labels = [label_of(m) for m in parts]
            open_ended = _OPEN_END.match(text, parts[-1].numeral.end) is not None
            closed = any(map(is_rest, parts)) or divide(labels) or all(not m.left for m in parts)
            out.append(PartList(total.index, _indices(parts), (), (), False, closed, open_ended, False, shared(labels)))
    return out


def _told(text: str, total: Mention, after: list[Mention], run: list[Mention], following: list[Mention]) -> list[Mention]:
    """The parts that follow a total without a word that says so."""
    beside = [m for one, m in zip(after, run, strict=False) if one is m]
    if not run or value_of(total) < value_of(run[0]):
        return []
    labels = [label_of(m) for m in beside]
    for length in range(len(beside), 1, -1):
        if divide(labels[:length]) or kinds(labels[:length]):
            return beside[:length]
    nouns = [m for m in beside if not m.left and len(m.right) > 1]
    if len(nouns) > 1 and nouns == beside[: len(nouns)] and shared([m.right for m in nouns]) and _TOGETHER.search(total.left):
        return nouns  # 共19件，17件线上申请，2件信函申请
    last = [m for m in following[:1] if is_rest(m) and unit_of(m) == unit_of(total) and m.left.startswith(("其他", "其它", "其余"))]
    whole = [*run, *last]
    if not run or not is_rest(whole[-1]) or any(map(is_rest, whole[:-1])):
        return []
    return whole if len(whole) > 2 or (_TOGETHER.search(total.left) and whole == [*beside, *last]) else []


def unit_of(mention: Mention) -> str:
    """The measure word; 条次 counts as 条."""
    unit = mention.numeral.unit
    return unit[0] if len(unit) == 2 and unit[1] == "次" and unit[0] in _DOCUMENTS else unit


def value_of(mention: Mention) -> Decimal:
    """The number as it stands, 0 where none is stated; once for each name where 各 says so."""
    return (mention.numeral.value or Decimal(0)) * times(mention)


def total_of(run: list[Mention]) -> Decimal:
    """The sum of the numbers."""
    return sum(map(value_of, run), Decimal(0))


def _indices(run: list[Mention]) -> tuple[int, ...]:
    return tuple(m.index for m in run)
