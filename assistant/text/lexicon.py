"""The word lists the numeral lexer needs, validated data files of this package."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from assistant.data_files import load_data
from assistant.domain.base import Frozen
from assistant.errors import InvalidData
from assistant.text.chinese import CHARACTERS

_BRACKETS = str.maketrans("", "", "（）()、")
NUMERAL_CHARS = frozenset(CHARACTERS + "两半0123456789")


class Units(Frozen):
    """Measure words: see `data/units.yaml`."""

    counts: tuple[str, ...]
    loose: tuple[str, ...]
    durations: tuple[str, ...]


class Complements(Frozen):
    """Labels that divide one whole: see `data/complements.yaml`."""

    sets: tuple[frozenset[str], ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...] = ()

    def divide(self, labels: list[str]) -> bool:
        """Whether the labels, two at least and all different, are those of one breakdown."""
        if len(labels) < 2 or len(set(labels)) < len(labels):
            return False
        return any(known.issuperset(bare) for bare in _without_frame(labels) for known in self.sets) or any(
            all(len(label) > len(head) and label.startswith(head) for label in labels) for head in self.heads
        )

    def kinds(self, labels: list[str]) -> bool:
        """Whether three labels or more, all different, name kinds of one thing: 文字类, 图解类, 视频类. They need not be all kinds."""
        return 2 < len(labels) == len(set(labels)) and any(
            all(len(label) > len(tail) and label.endswith(tail) for label in labels) for tail in self.tails
        )


def _without_frame(labels: list[str]) -> Iterator[list[str]]:
    """The labels without brackets and 各, as they are, without the end they share, and without the beginning they share as well: 以市级部门为被申请人,
    以县（区）部门为被申请人."""
    bare = [label.translate(_BRACKETS).removeprefix("各") for label in labels]
    yield bare
    end = _common([label[::-1] for label in bare])
    if end:
        bare = [label[:-end] for label in bare]
        yield bare
    start = _common(bare)
    if start:
        yield [label[start:].removeprefix("各") for label in bare]


def _common(words: list[str]) -> int:
    """How many characters at the beginning all words share."""
    return sum(1 for _ in takewhile(lambda chars: len(set(chars)) == 1, zip(*words, strict=False)))


class _IdiomFile(Frozen):
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    number_heads: tuple[str, ...]


class Idioms:
    """Words with a numeral character in them that state no quantity, found by the character pair around that character."""

    def __init__(self, data: _IdiomFile) -> None:
        self.numbers = frozenset(data.numbers)
        self.number_heads = data.number_heads
        self._by_pair: dict[str, list[tuple[int, str]]] = {}
        for word in {word for line in data.words for word in line.split()}:
            place = next((i for i, char in enumerate(word) if char in NUMERAL_CHARS), None)
            if place is None:
                raise InvalidData(f"idioms.yaml：“{word}”不含数字。")
            pair = word[place : place + 2] if place + 1 < len(word) else word[place - 1 : place + 1]
            self._by_pair.setdefault(pair, []).append((place, word))
        for entries in self._by_pair.values():
            entries.sort(key=lambda entry: -len(entry[1]))

    def at(self, text: str, index: int) -> tuple[int, int] | None:
        """The longest idiom whose first numeral character is `text[index]`, as (start, end)."""
        best = (index, index)
        before = text[index - 1 : index + 1] if index else ""
        for pair in (text[index : index + 2], before):
            for place, word in self._by_pair.get(pair, ()):
                if len(word) <= best[1] - best[0]:
                    break
                start = index - place
                if text.startswith(word, start) and start >= 0 and _whole(text, start, start + len(word)):
                    best = (start, start + len(word))
                    break
        return best if best[1] > best[0] else None


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the word does not cut a longer numeral: 一百 in 三一百 or 十一 in 二十一家."""
    if text[start] in NUMERAL_CHARS and start and (text[start - 1] in NUMERAL_CHARS or text[start - 1] == "第"):
        return False
    if text.startswith("分之", end - 1) or text.startswith("分之", start - 1):
        return False
    return not (text[start] in NUMERAL_CHARS and text[end - 1] in NUMERAL_CHARS and end < len(text) and text[end] in NUMERAL_CHARS)


@cache
def idioms() -> Idioms:
    """The idioms that ship with the package."""
    return Idioms(load_data("assistant.text", "data/idioms.yaml", _IdiomFile))


@cache
def units() -> Units:
    """The measure words that ship with the package."""
    return load_data("assistant.text", "data/units.yaml", Units)


@cache
def complements() -> Complements:
    """The labels that divide a whole, as they ship with the package."""
    return load_data("assistant.text", "data/complements.yaml", Complements)
