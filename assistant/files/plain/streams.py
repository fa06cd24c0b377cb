"""Taking apart text in which several runs of labels are interleaved.

Labels that follow one another (the rows of a table) are one stream, as are the group labels left of them; header cells are streams of
their own. Every piece of text goes on with a label that has begun, begins a later one, or stays unexplained; every choice costs what
speaks against it, and the cheapest explanation of all pieces wins (a beam search). Values belong to the row whose label has begun last.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.files.plain.lines import Line, Piece, skeleton

_BEAM = 32
_SKIPPED_LABEL = 3.0
_UNFINISHED = 1.0
_FUZZY = 2.0
_AGAIN = 1.0
_SPLIT = 0.4
_LIKE = 72.0
_REACH = 6
_MISCOUNT = 1.5
_EARLY = 0.5
_REPEATED = 0.3


@dataclass(frozen=True)
class Stream:
    """Labels in order. `keys` name them; `counts` says how many values follow each label (0: none, None: any number); `repeats` says that
    a single label may be printed again, as header rows are on a new page."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    counts: tuple[int | None, ...] = ()
    repeats: bool = False

    def skeletons(self) -> tuple[str, ...]:
        """The labels in the form in which pieces are compared."""
        return tuple(skeleton(text) for text in self.texts)


@dataclass
class Found:
    """A label as found: key, pieces in reading order, and the values of each line that belong to it."""

    key: str
    pieces: list[Piece] = field(default_factory=list)
    values: list[tuple[Piece, ...]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The label as printed, its pieces joined by spaces."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class Explained:
    """The cheapest explanation: labels of each stream in order of beginning, unexplained pieces, values before any label, values behind
    an unexplained piece, and its cost."""

    labels: list[list[Found]]
    unexplained: list[Piece]
    orphans: list[Piece]
    cost: float
    foreign: list[tuple[Piece, tuple[Piece, ...]]] = field(default_factory=list)


Place = tuple[int, int]  # index of the label in its stream (-1: none yet), characters of it taken
_Step = tuple[int, int, float]  # index of a label, characters of it taken afterwards, cost of going there


@dataclass(slots=True, eq=False)
class _Node:
    """A state of the search; never changed (not frozen, since thousands are made and freezing costs more than all else)."""

    cost: float
    places: tuple[Place, ...]
    values: int
    early: int
    parent: _Node | None
    action: tuple[object, ...]


class Explainer:
    """Explains pieces by `main` (the stream that values belong to) and `others`."""

    def __init__(self, main: Stream, others: Sequence[Stream] = ()) -> None:
        self.streams = (main, *others)
        self.texts = tuple(stream.skeletons() for stream in self.streams)
        letters = [frozenset("".join(labels)) for labels in self.texts]
        self._with_letter = {
            letter: tuple(at for at, found in enumerate(letters) if letter in found) for letter in frozenset().union(*letters)
        }
        # What a text can go on with depends on the place in a stream alone, and many states share places: computed once each.
        self._exact: dict[tuple[int, Place, float, str], tuple[tuple[_Step, int], ...]] = {}
        self._like: dict[tuple[int, Place, float, str], tuple[_Step, ...]] = {}

    def explain(self, lines: Sequence[Line], most: float = math.inf) -> Explained | None:
        """The cheapest explanation of all label pieces and values of `lines`; None when it costs more than `most`."""
        nodes = [_Node(0.0, tuple((-1, 0) for _ in self.streams), 0, 0, None, ())]
        for line in lines:
            for piece in line.labels:
                if piece.key:
                    nodes = self._best(child for node in nodes for child in self._piece(node, piece))
                    if nodes[0].cost > most:
                        return None
            if line.values:
                nodes = self._best(child for node in nodes for child in self._values(node, line))
        ended = [(node.cost + self._remaining(node), at) for at, node in enumerate(nodes)]
        cost, best = min(ended)
        return self._told(nodes[best], cost) if cost <= most else None

    def _best(self, children: Iterator[_Node]) -> list[_Node]:
        best: dict[tuple[tuple[Place, ...], int, int], _Node] = {}
        for child in children:
            state = (child.places, child.values, child.early)
            if state not in best or child.cost < best[state].cost:
                best[state] = child
        return sorted(best.values(), key=lambda node: node.cost)[:_BEAM]

    def _remaining(self, node: _Node) -> float:
        at, taken = node.places[0]
        return 0.3 * (len(self.texts[0]) - 1 - at) + (0.0 if at < 0 else 0.1 * (len(self.texts[0][at]) - taken))

    def _values(self, node: _Node, line: Line) -> Iterator[_Node]:
        """Values belong to the label that has begun last; behind an unexplained label they belong to that one. A line of values without a
        label of its own may also stand above the label of its row."""
        values = line.values
        printed = sum(1 for piece in values if piece.text)
        taken_here = _taken_in(node, line)
        if printed and taken_here and taken_here[-1] is None:
            yield replace(node, parent=node, action=("foreign", values))
            return
        at, taken = node.places[0]
        expected = self.streams[0].counts[at] if at >= 0 else 0
        total = node.values + printed
        fault = _MISCOUNT if printed and (at < 0 or node.early or (expected is not None and total > expected)) else 0.0
        yield _Node(node.cost + fault, node.places, total, node.early, node, ("values", values))
        complete = at >= 0 and taken == len(self.texts[0][at]) and node.values == expected
        if printed and complete and all(taken_here):
            yield _Node(node.cost + _EARLY, node.places, node.values, node.early + printed, node, ("early", values))

    def _piece(self, node: _Node, piece: Piece) -> Iterator[_Node]:
        whole = False
        for child in self._take(node, piece, piece.key, 0):
            whole = True
            yield child
        if not whole:
            yield from self._alike(node, piece)
            yield from self._once_more(node, piece)
        yield _Node(node.cost + 0.5 + 0.6 * len(piece.key), node.places, node.values, node.early, node, ("skip", piece))

    def _take(self, node: _Node, piece: Piece, text: str, depth: int) -> Iterator[_Node]:
        """Explain `text`, the rest of `piece`, exactly: by one label, or by the end of one and the beginning of others."""
        for stream in self._with_letter.get(text[0], ()):
            for step, common in self._exactly(node, stream, text):
                child = self._moved(node, stream, step, piece)
                if common == len(text):
                    yield child
                elif depth < 3:
                    split = replace(child, cost=child.cost + _SPLIT)
                    yield from self._take(split, piece, text[common:], depth + 1)

    def _exactly(self, node: _Node, stream: int, text: str) -> tuple[tuple[_Step, int], ...]:
        """How `stream` can go on with `text`, and with how much of it: all, or as much as completes a label."""
        place = node.places[stream]
        miscount = self._miscount(node, place[0]) if stream == 0 else 0.0
        key = (stream, place, miscount, text)
        if key not in self._exact:
            found = []
            for at, taken, cost in self._openings(stream, place, miscount):
                rest = self.texts[stream][at][taken:]
                common = _common(text, rest)
                if common and (common == len(text) or common == len(rest)):
                    found.append(((at, taken + common, cost), common))
            self._exact[key] = tuple(found)
        return self._exact[key]

    def _openings(self, stream: int, place: Place, miscount: float) -> Iterator[tuple[int, int, float]]:
        """Places from which a stream can go on: inside the current label, or at the beginning of one of the next."""
        labels = self.texts[stream]
        at, taken = place
        left = len(labels[at]) - taken if at >= 0 else 0
        if left:
            yield at, taken, 0.0
        elif at == 0 and self.streams[stream].repeats:
            yield 0, 0, _REPEATED
        unfinished = _UNFINISHED + 0.3 * left if left else 0.0
        for following in range(at + 1, min(at + 1 + _REACH, len(labels))):
            yield following, 0, unfinished + miscount + _SKIPPED_LABEL * (following - at - 1)

    def _miscount(self, node: _Node, at: int) -> float:
        expected = self.streams[0].counts[at] if at >= 0 else None
        return _MISCOUNT if expected is not None and node.values != expected else 0.0

    def _moved(self, node: _Node, stream: int, step: _Step, piece: Piece) -> _Node:
        at, taken, cost = step
        places = (*node.places[:stream], (at, taken), *node.places[stream + 1 :])
        old_at, old_taken = node.places[stream]
        begins = at != old_at or taken <= old_taken
        fresh = stream == 0 and begins
        values, early = (node.early, 0) if fresh else (node.values, node.early)
        return _Node(node.cost + cost, places, values, early, node, ("take", stream, at, piece, begins))

    def _alike(self, node: _Node, piece: Piece) -> Iterator[_Node]:
        """A misprinted piece: alike to what is expected next."""
        if len(piece.key) < 3:
            return
        for stream, place in enumerate(node.places):
            miscount = self._miscount(node, place[0]) if stream == 0 else 0.0
            key = (stream, place, miscount, piece.key)
            if key not in self._like:
                self._like[key] = tuple(self._alike_steps(*key))
            for step in self._like[key]:
                yield self._moved(node, stream, step, piece)

    def _alike_steps(self, stream: int, place: Place, miscount: float, text: str) -> Iterator[_Step]:
        from rapidfuzz.fuzz import ratio

        for at, taken, cost in self._openings(stream, place, miscount):
            rest = self.texts[stream][at][taken:]
            sizes = {min(max(len(text) + more, 1), len(rest)) for more in range(-2, 4)}
            score, size = max((ratio(text, rest[:size]), size) for size in sizes)
            if score >= _LIKE:
                yield at, taken + size, cost + _FUZZY + (100 - score) / 25

    def _once_more(self, node: _Node, piece: Piece) -> Iterator[_Node]:
        """A label of the main stream that was complete before: a duplicated row."""
        labels = self.texts[0]
        current, taken = node.places[0]
        if current < 0 or taken < len(labels[current]) or len(piece.key) < 3:
            return
        for at in range(current, -1, -1):
            if labels[at] == piece.key and self.streams[0].counts[at] != 0:
                cost = node.cost + _AGAIN + self._miscount(node, current)
                yield _Node(cost, node.places, node.early, 0, node, ("take", 0, at, piece, True))
                return

    def _told(self, node: _Node, cost: float) -> Explained:
        chain: list[tuple[object, ...]] = []
        walk: _Node | None = node
        while walk is not None:
            if walk.action:
                chain.append(walk.action)
            walk = walk.parent
        told = Explained([[] for _ in self.streams], [], [], cost)
        waiting: list[tuple[Piece, ...]] = []
        for action in reversed(chain):
            self._tell(told, action, waiting)
        told.orphans.extend(piece for values in waiting for piece in values if piece.text)
        return told

    def _tell(self, told: Explained, action: tuple[object, ...], waiting: list[tuple[Piece, ...]]) -> None:
        main = told.labels[0]
        match action:
            case ("early", tuple() as values):
                waiting.append(values)
            case ("values", tuple() as values):
                if main:
                    main[-1].values.append(values)
                else:
                    told.orphans.extend(piece for piece in values if piece.text)
            case ("foreign", tuple() as values):
                told.foreign.append((told.unexplained[-1], values))
            case ("skip", Piece() as piece):
                told.unexplained.append(piece)
            case ("take", int() as stream, int() as at, Piece() as piece, bool() as begins):
                labels = told.labels[stream]
                if begins or not labels:
                    labels.append(Found(self.streams[stream].keys[at], values=list(waiting) if stream == 0 else []))
                    if stream == 0:
                        waiting.clear()
                if not labels[-1].pieces or labels[-1].pieces[-1] is not piece:
                    labels[-1].pieces.append(piece)


def _taken_in(node: _Node, line: Line) -> list[int | None]:
    """The stream that took each label piece of `line`, None for an unexplained one, from left to right."""
    found: list[int | None] = []
    walk: _Node | None = node
    while walk is not None:
        match walk.action:
            case ("skip", Piece() as piece) if piece.line == line.number:
                found.append(None)
            case ("take", int() as stream, int(), Piece() as piece, bool()) if piece.line == line.number:
                found.append(stream)
            case _:
                break
        walk = walk.parent
    return found[::-1]


def _common(one: str, two: str) -> int:
    """Length of the common beginning."""
    length = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        length += 1
    return length
