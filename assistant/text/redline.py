"""A redline a person can read: sentences first, words inside changed sentences, moved sentences recognised, nothing lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count
from typing import Literal

import fast_diff_match_patch
from rapidfuzz import fuzz

from assistant.expressions import regex
from assistant.text.numerals import lex
from assistant.text.sentences import split_sentences

Op = Literal["keep", "delete", "insert", "move"]
_ALIKE = 50.0
_MOVED_LENGTH = 8
_MOVED_ALIKE = 88.0
_SENTENCE = regex(r"[。！？；]\s*$")
_FIGURE = regex(r"\d+(?:[.,]\d+)*")
_WORD = regex(r"[A-Za-z]+|[一二三四五六七八九十]{1,3}是|[（(][一二三四五六七八九十]{1,3}[)）]|[\s\S]")
_NAME_END = regex(r"[一-龥]?[省市县区镇乡局委厅办处]")
_WORD_END = regex(r"[一-龥]")
_NAME_BEGIN = regex(r"[一-龥]{1,2}")


@dataclass(frozen=True)
class RedlineOp:
    """One stretch of a redline. keep + delete = the old text; keep + insert + move = the new text. `move` is text that stood elsewhere: its old
    place is a `delete` with `moved` set and the same `number`; between the pieces of a moved sentence what changed in it is inserted."""

    op: Op
    text: str
    moved: bool = False
    number: int = 0


def redline(old: str, new: str) -> tuple[RedlineOp, ...]:
    """What became of `old` in `new`, in reading order, equal neighbours joined."""
    before, after = _pieces(old), _pieces(new)
    ops: list[RedlineOp] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            ops.append(RedlineOp("keep", "".join(before[i1:i2])))
        else:
            ops += _changed(before[i1:i2], after[j1:j2])
    return _joined(_moves(ops))


def _pieces(text: str) -> list[str]:
    """The sentences with the white space that follows them: together the whole text."""
    starts = [0, *[sentence.start for sentence in split_sentences(text, True)][1:]]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if start < end]


def _changed(before: list[str], after: list[str]) -> list[RedlineOp]:
    """A stretch of sentences that differ: those alike are paired in order and shown word by word, the others deleted and inserted whole."""
    ops: list[RedlineOp] = []
    place = 0
    for old, partner in zip(before, _partners(before, after), strict=True):
        if partner is None:
            ops.append(RedlineOp("delete", old))
            continue
        ops += [RedlineOp("insert", text) for text in after[place:partner]]
        ops += _words(old, after[partner])
        place = partner + 1
    return ops + [RedlineOp("insert", text) for text in after[place:]]


def _partners(before: list[str], after: list[str]) -> list[int | None]:
    """For each old sentence the new one it became, never crossing: the alignment with the greatest likeness in all."""
    likeness = [[fuzz.ratio(a, b, score_cutoff=_ALIKE) for b in after] for a in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            pair = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    partners: list[int | None] = [None] * len(before)
    i = j = 0
    while i < len(before) and j < len(after):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            partners[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return partners


def _words(old: str, new: str) -> list[RedlineOp]:
    """A changed sentence word by word: a number is one word and never half replaced."""
    table: dict[str, str] = {}
    left, right = _encoded(old, table), _encoded(new, table)
    words = {code: word for word, code in table.items()}
    names: dict[str, Op] = {"=": "keep", "-": "delete", "+": "insert"}
    ops: list[RedlineOp] = []
    for sign, text in fast_diff_match_patch.diff(left, right, cleanup="Semantic", counts_only=False, timelimit=0.5):
        ops.append(RedlineOp(names[sign], "".join(words[code] for code in text)))
    return _with_whole_names(_without_crumbs(ops))


def _encoded(text: str, table: dict[str, str]) -> str:
    """Each word as one character: numbers with their digits whole, `二是` and `（二）` whole, Latin words whole, other Chinese by character."""
    out, place = [], 0
    for numeral in lex(text):
        if numeral.kind in ("idiom", "list"):
            continue
        out += _WORD.findall(text[place : numeral.start])
        place = numeral.number_end or numeral.end
        out.append(text[numeral.start : place])
    out += _WORD.findall(text[place:])
    return "".join(table.setdefault(word, _code(len(table))) for word in out)


def _code(number: int) -> str:
    """A character of its own for each word, surrogates avoided."""
    return chr(0x100 + number) if number < 0xD000 else chr(0x10000 + number)


def _without_crumbs(ops: list[RedlineOp]) -> list[RedlineOp]:
    """A single kept character between two changes says nothing: it is deleted and inserted with its neighbours."""
    out: list[RedlineOp] = []
    for index, op in enumerate(ops):
        between = 0 < index < len(ops) - 1 and ops[index - 1].op != "keep" and ops[index + 1].op != "keep"
        if op.op == "keep" and between and len(op.text) == 1 and re.match(r"\w", op.text):
            out += [RedlineOp("delete", op.text), RedlineOp("insert", op.text)]
        else:
            out.append(op)
    return out


def _with_whole_names(ops: list[RedlineOp]) -> list[RedlineOp]:
    """`泗阳县` for `沭阳县` is another name and `提起` for `引起` another word, not another character: the rest of a short name, or the second
    character of a word, goes with its changed beginning."""
    out = list(ops)
    for index in range(len(out) - 2):
        gone, new, after = out[index : index + 3]
        if (gone.op, new.op, after.op) != ("delete", "insert", "keep"):
            continue
        rest = _NAME_END.match(after.text) or (len(gone.text) == len(new.text) == 1 and _WORD_END.match(after.text)) or None
        if rest and _NAME_BEGIN.fullmatch(gone.text) and _NAME_BEGIN.fullmatch(new.text):
            out[index : index + 3] = [
                RedlineOp("delete", gone.text + rest.group()),
                RedlineOp("insert", new.text + rest.group()),
                RedlineOp("keep", after.text[rest.end() :]),
            ]
    return [op for op in out if op.text]


def _moves(ops: list[RedlineOp]) -> list[RedlineOp]:
    """What was deleted in one place and inserted in another is moved: whole stretches word for word, whole sentences also with their figures changed."""
    numbers, moved = count(1), dict[int, tuple[int, int]]()  # place of the insertion → place of the deletion, number
    free = {index for index, op in enumerate(ops) if op.op == "delete" and len(op.text.strip()) >= _MOVED_LENGTH}
    for index, op in enumerate(ops):
        if op.op == "insert" and len(op.text.strip()) >= _MOVED_LENGTH and (source := _source(op.text, ops, free)) is not None:
            free.remove(source)
            moved[index] = source, next(numbers)
    gone = dict(moved.values())
    out: list[RedlineOp] = []
    for index, op in enumerate(ops):
        if index in gone:
            out.append(RedlineOp("delete", op.text, True, gone[index]))
        elif index in moved:
            source, number = moved[index]
            out += _arrived(ops[source].text, op.text, number)
        else:
            out.append(op)
    return out


def _source(text: str, ops: list[RedlineOp], free: set[int]) -> int | None:
    """The deletion that an inserted stretch comes from."""
    same = next((index for index in sorted(free) if ops[index].text.strip() == text.strip()), None)
    if same is not None or not _SENTENCE.search(text):
        return same
    alike = {
        index: fuzz.ratio(_FIGURE.sub("0", ops[index].text), _FIGURE.sub("0", text)) for index in free if _SENTENCE.search(ops[index].text)
    }
    best = max(sorted(alike), key=alike.__getitem__, default=None)
    return best if best is not None and alike[best] >= _MOVED_ALIKE else None


def _arrived(old: str, new: str, number: int) -> list[RedlineOp]:
    """A moved stretch in its new place: what it brought along is `move`, what is new in it `insert`."""
    if old.strip() == new.strip():
        return [RedlineOp("move", new, True, number)]
    return [RedlineOp("move", op.text, True, number) if op.op == "keep" else op for op in _words(old, new) if op.op != "delete"]


def _joined(ops: list[RedlineOp]) -> tuple[RedlineOp, ...]:
    """Neighbours of one kind joined, deletions before insertions within a change."""
    out: list[RedlineOp] = []
    change: list[RedlineOp] = []
    for op in [*ops, RedlineOp("keep", "")]:
        if op.op != "keep":
            change.append(op)
            continue
        out += _ordered(change)
        change = []
        if op.text:
            if out and out[-1].op == "keep":
                out[-1] = RedlineOp("keep", out[-1].text + op.text)
            else:
                out.append(op)
    return tuple(out)


def _ordered(change: list[RedlineOp]) -> list[RedlineOp]:
    """Deletions and insertions of one change: each run joined, order among deletions and among insertions kept."""
    out: list[RedlineOp] = []
    for side in (("delete",), ("insert", "move")):
        for op in change:
            if op.op not in side or not op.text:
                continue
            last = out[-1] if out else None
            if last and last.op == op.op and last.moved == op.moved and not op.moved:
                out[-1] = RedlineOp(op.op, last.text + op.text)
            else:
                out.append(op)
    return out
