"""Paragraphs out of lines that were broken for the page."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.expressions import regex
from assistant.files.plain.lines import Line, Mode
from assistant.files.raw import Paragraph
from assistant.files.sections import heading_of
from assistant.files.titles import is_cover, is_date, parse_title

_BEGINS = regex(r"^\s*(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.．、](?!\d)|附件?[:：])")
_ENDS = regex(r"[。！？：；…!?:;”」）)]\s*$")
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·"
_LOOSE = regex(rf"(?<=[{_CHINESE}])[ \u3000]+(?=\S)|(?<=\S)[ \u3000]+(?=[{_CHINESE}])")
_WORDY = regex(r"\w")
_SHORTEST = 30
_INDENT = 2
_FULL = 0.86
_SLACK = 6  # half characters: what punctuation that may not begin a line takes along
_WORD = regex(r"[!-~]+")


def paragraphs(lines: Sequence[Line], mode: Mode) -> list[Paragraph]:
    """The paragraphs of narrative lines: indentation begins one in laid-out text, a short line ends one in raw text, and in tabbed text a
    line is one unless it was cut by a page break."""
    groups: list[list[Line]] = []
    width = _usual_length(lines)
    indents = _indents(lines)
    for line in lines:
        if (
            groups
            and not _stands_alone(line.text)
            and not _stands_alone(groups[-1][-1].text)
            and _goes_on(groups[-1], line, mode, width, indents)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(_joined(group, mode), group[0].locator) for group in groups]


def _goes_on(group: list[Line], line: Line, mode: Mode, width: int, indents: dict[int, int]) -> bool:
    last = group[-1].text.rstrip()
    if _BEGINS.match(line.text):
        return False
    if mode == "tabs":
        return len("".join(line.text for line in group)) >= _SHORTEST and not _ENDS.search(last)
    if mode == "layout":
        indent = len(line.text) - len(line.text.lstrip())
        return indent < indents[line.page] + _INDENT and _is_full(group[-1], line, width)
    if not _WORDY.search(line.text):
        return True
    full = next((one.text.rstrip() for one in reversed(group) if _WORDY.search(one.text)), last)
    return _length(full) >= _FULL * width


def _is_full(last: Line, line: Line, width: int) -> bool:
    """Whether a laid-out line is so long that the next word had to go to the next line."""
    if last.room is None:
        return _length(last.text.strip()) >= _FULL * width * 0.8
    word = _WORD.match(line.text.strip())
    return last.room <= _SLACK + (_length(word[0]) if word else 0)


def _stands_alone(text: str) -> bool:
    return bool(heading_of(text) or is_cover(text) or is_date(text) or parse_title(text))


def _usual_length(lines: Sequence[Line]) -> int:
    lengths = sorted(_length(line.text.strip()) for line in lines)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _length(text: str) -> int:
    """Printed width: Chinese characters count two."""
    return sum(1 if char.isascii() else 2 for char in text)


def _indents(lines: Sequence[Line]) -> dict[int, int]:
    """The left edge of the text on each page. Where the room behind the text is known, so is the edge, and indents count from it."""
    found: dict[int, int] = {}
    for line in lines:
        indent = 0 if line.room is not None else len(line.text) - len(line.text.lstrip())
        found[line.page] = min(found.get(line.page, indent), indent)
    return found


def _joined(group: list[Line], mode: Mode) -> str:
    parts = [line.text.strip() for line in group]
    text = parts[0]
    for part in parts[1:]:
        text += (" " if text[-1].isascii() and part[0].isascii() and text[-1].isalpha() and part[0].isalpha() else "") + part
    return _LOOSE.sub("", text) if mode != "tabs" else text
