"""Finding the statutory label behind a printed text: exact, folded, synonym, or similar without doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from typing import Literal, NamedTuple

from assistant.domain.report import EditionId
from assistant.expressions import regex
from assistant.forms import Form, editions, load_form
from assistant.text.normalise import fold_label

MatchKind = Literal["exact", "folded", "synonym", "similar"]
SIMILAR = 70.0
"""Least similarity (percent, of twice the common characters in all) at which a misprinted label is recognised."""
MARGIN = 12.0
"""The best candidate must be ahead of the second by this much."""

_NUMBER = regex(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d{1,2}\.|\(\d{1,2}\))")
_MARKS = regex(r"[\"'，,。.:：;；、·()<>《》\-]")
_JOINTS = regex(r"[\s\"'，,。.:：;；、·()<>《》\-_/\\|›»→]")

_LONGEST = 400
"""A text of so many characters is no label, however it is spaced: the longest path of labels has a hundred."""
_ROOM = 20  # characters, beside as many as the longest label has, that marks and invisible characters may add to a printed label
_REMEMBERED = 4096  # texts for each set of labels: the same ones stand in every report


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """A label without its number, brackets, quotes and punctuation."""
    return _MARKS.sub("", _NUMBER.sub("", fold_label(text)))


class Label(NamedTuple):
    """A label of the form: key, official text, other admissible texts."""

    key: str
    expected: str
    synonyms: tuple[str, ...] = ()

    def kind(self, printed: str) -> MatchKind:
        """How `printed` agrees with this label, once it is known to mean it."""
        if printed.strip() == self.expected:
            return "exact"
        folded, expected = fold_label(printed), fold_label(self.expected)
        if folded == expected:
            return "folded"
        if len(folded) > len(expected) and folded.endswith(expected):
            return "synonym"  # with the labels it stands under before it
        return "synonym" if any(folded == fold_label(synonym) for synonym in self.synonyms) else "similar"


class LabelSet:
    """Labels that compete with one another for a printed text."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.labels = tuple(labels)
        self._folded: dict[str, str] = {}
        self._cores: dict[str, str] = {}
        for texts, index in ((fold_label, self._folded), (core, self._cores)):
            ambiguous: set[str] = set()
            for label in self.labels:
                for text in (label.expected, *label.synonyms):
                    form = texts(text)
                    if index.setdefault(form, label.key) != label.key:
                        ambiguous.add(form)
            for form in ambiguous:
                del index[form]
        self._longest = 2 * max(map(len, self._folded), default=0) + _ROOM
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find)

    def find(self, text: str) -> str | None:
        """The key whose label or synonym `text` is, apart from spelling of numbers, spaces and punctuation."""
        if len(text) > self._longest and (len(text) >= _LONGEST or len("".join(text.split())) > self._longest):
            return None  # most paragraphs
        return self._known(text)

    def _find(self, text: str) -> str | None:
        folded = fold_label(text)
        return self._folded.get(folded) or self._cores.get(core(text)) if folded else None

    def nearest(self, text: str) -> str | None:
        """The key of the one label that `text` resembles, or None when none or several do."""
        bare = core(text)
        if len(bare) < 3:
            return None
        from rapidfuzz.fuzz import ratio

        scores: dict[str, float] = {}
        for form, key in self._cores.items():
            scores[key] = max(scores.get(key, 0.0), ratio(bare, form, score_cutoff=40.0))
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        best, second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
        return best[0] if best[1] >= SIMILAR and best[1] - second >= MARGIN else None

    def match(self, text: str) -> str | None:
        """`find`, else `nearest`."""
        return self.find(text) or self.nearest(text)


class PathSet(LabelSet):
    """Labels that may also be printed behind those they stand under, in one text: `三、本年度办理结果（三）不予公开1.属于国家秘密`. `above`
    gives by key the labels above a label, outermost first."""

    def __init__(self, labels: Iterable[Label], above: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(labels)
        self._paths: dict[str, str] = {}
        ambiguous: set[str] = set()
        for label in self.labels:
            for path in _paths_to(label, above.get(label.key, ())):
                if self._paths.setdefault(path, label.key) != label.key:
                    ambiguous.add(path)
        for path in ambiguous:
            del self._paths[path]
        self._shortest = min(map(len, self._paths), default=0)
        self._longest = 2 * max(map(len, (*self._folded, *self._paths)), default=0) + _ROOM

    def _find(self, text: str) -> str | None:
        """Alone or behind the labels above it."""
        key = super()._find(text)
        if key or len(text) < self._shortest:
            return key
        return self._paths.get(_JOINTS.sub("", fold_label(text))) or self._paths.get(_JOINTS.sub("", core(text)))


def _paths_to(label: Label, above: tuple[str, ...]) -> Iterator[str]:
    """The label behind all labels above it, or behind some of them, with and without their numbers."""
    for size in range(1, len(above) + 1):
        for leads in {above[:size], above[-size:]}:
            for parts in product(*((_JOINTS.sub("", fold_label(text)), core(text)) for text in (*leads, label.expected))):
                yield "".join(parts)


class Vocabulary(NamedTuple):
    """All labels of the tables, of both editions together; keys are those of `PrintedLabel`."""

    blocks: LabelSet
    stacked_rows: LabelSet
    stacked_columns: Mapping[str, LabelSet]
    any_stacked_column: LabelSet
    matrix_rows: LabelSet
    matrix_columns: LabelSet
    matrix_groups: LabelSet
    matrix_heads: LabelSet
    dispute_groups: LabelSet
    dispute_columns: LabelSet
    dispute_parents: LabelSet


def stacked_labels(form: Form) -> dict[str, Label]:
    """Labels of 表二 by key."""
    found: dict[str, Label] = {}
    for block in form.t2.blocks:
        found[f"t2.block.{block.id}"] = Label(f"t2.block.{block.id}", block.label)
        for row in block.rows:
            found[f"t2.row.{row.id}"] = Label(f"t2.row.{row.id}", row.label, row.synonyms)
        for column in block.columns:
            key = f"t2.column.{block.id}.{column.id}"
            found[key] = Label(key, column.label, column.synonyms)
    return found


def matrix_labels(form: Form) -> dict[str, Label]:
    """Labels of 表三 by key."""
    table = form.t3
    found = {
        "t3.corner": Label("t3.corner", table.corner),
        "t3.applicants": Label("t3.applicants", table.applicants),
        "t3.organisations": Label("t3.organisations", table.organisations),
    }
    found |= {f"t3.group.{key}": Label(f"t3.group.{key}", text) for key, text in table.groups.items()}
    found |= {f"t3.row.{row.id}": Label(f"t3.row.{row.id}", row.label, row.synonyms) for row in table.rows}
    return found | {f"t3.column.{column.id}": Label(f"t3.column.{column.id}", column.label, column.synonyms) for column in table.columns}


def dispute_labels(form: Form) -> dict[str, Label]:
    """Labels of 表四 by key."""
    found: dict[str, Label] = {}
    for group in form.t4.groups:
        if group.parent:
            found[f"t4.parent.{group.parent}"] = Label(f"t4.parent.{group.parent}", group.parent)
        found[f"t4.group.{group.id}"] = Label(f"t4.group.{group.id}", group.label)
        for column in form.t4.columns:
            key = f"t4.column.{group.id}.{column.id}"
            found[key] = Label(key, column.label, column.synonyms)
    return found


@cache
def labels_of(edition: EditionId) -> Mapping[str, Label]:
    """Every label of the tables of one edition by key."""
    form = load_form(edition)
    return stacked_labels(form) | matrix_labels(form) | dispute_labels(form)


def _with(labels: Iterable[Label], prefix: str) -> LabelSet:
    return LabelSet(label for label in labels if label.key.startswith(prefix))


def _below(labels: Iterable[Label], prefix: str) -> PathSet:
    """The labels of one kind, which may be printed with those above them."""
    return PathSet((label for label in labels if label.key.startswith(prefix)), _labels_above())


@cache
def _labels_above() -> Mapping[str, tuple[str, ...]]:
    """By key of a row, column or group the labels it stands under, outermost first."""
    found: dict[str, tuple[str, ...]] = {}
    for edition in editions():
        form = load_form(edition)
        found |= {f"t2.row.{row.id}": (block.label,) for block in form.t2.blocks for row in block.rows}
        found |= {f"t3.row.{row.id}": tuple(form.t3.groups[group] for group in row.groups) for row in form.t3.rows if row.groups}
        found |= {f"t3.column.{column.id}": (form.t3.organisations,) for column in form.t3.columns if column.group}
        found |= {f"t4.group.{group.id}": (group.parent,) for group in form.t4.groups if group.parent}
    return found


@cache
def vocabulary() -> Vocabulary:
    """The labels of both editions."""
    labels = [label for edition in editions() for label in labels_of(edition).values()]
    blocks = sorted({label.key.split(".")[2] for label in labels if label.key.startswith("t2.block.")})
    any_column = {fold_label(label.expected): label for label in labels if label.key.startswith("t2.column.")}
    outcome = [Label(f"t4.column.{column.id}", column.label, column.synonyms) for column in load_form(editions()[-1]).t4.columns]
    return Vocabulary(
        blocks=_with(labels, "t2.block."),
        stacked_rows=_below(labels, "t2.row."),
        stacked_columns={block: _with(labels, f"t2.column.{block}.") for block in blocks},
        any_stacked_column=LabelSet(any_column.values()),
        matrix_rows=_below(labels, "t3.row."),
        matrix_columns=_below(labels, "t3.column."),
        matrix_groups=_with(labels, "t3.group."),
        matrix_heads=LabelSet(label for label in labels if label.key in {"t3.corner", "t3.applicants", "t3.organisations"}),
        dispute_groups=_below(labels, "t4.group."),
        dispute_columns=LabelSet(outcome),
        dispute_parents=_with(labels, "t4.parent."),
    )
