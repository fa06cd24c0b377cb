"""The text of a paragraph of a Word file as readers see it: without deleted, hidden and moved text, raised digits recognisably raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.files.docx_names import BOX, CELL, FALLBACK, P_LOOK, R_LOOK, VALUE, P, R, T, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCRIPTS = {"superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
_SYMBOL_PRINTED = "□"  # a character of a symbol font: what it shows is not known
_BR, _CR, _TAB, _HYPHEN, _DELETED, _SYMBOL = (f"{W}{name}" for name in ("br", "cr", "tab", "noBreakHyphen", "delText", "sym"))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
PRINTED = (T, _BR, _CR, _TAB, _HYPHEN, _DELETED, f"{W}drawing", f"{W}pict", _SYMBOL, _MATH)
_VERTICAL, _MOVED = f"{W}vertAlign", f"{W}moveFrom"
_HIDDEN_LOOKS = tuple(f"{W}{name}" for name in ("strike", "dstrike", "vanish"))
_LOOKS = (*_HIDDEN_LOOKS, _VERTICAL, _MOVED)


class TextReader:
    """Reads paragraphs below `body`; counts the pieces that were left out."""

    def __init__(self, body: _Element) -> None:
        # What a file has nowhere need not be looked for at every run.
        self.plain = not has(body, BOX, FALLBACK, *_LOOKS)
        self.has_boxes = not self.plain and has(body, BOX)
        self._has_fallbacks = not self.plain and has(body, FALLBACK)
        self._has_looks = not self.plain and has(body, *_LOOKS)
        self.deletions = 0
        self.pictures = 0

    def text(self, paragraph: _Element) -> str:
        """The visible text of a paragraph without its text boxes."""
        parts: list[str] = []
        for child in paragraph:
            tag = child.tag
            if tag == R:
                for node in child:
                    tag = node.tag
                    if tag == T:
                        if text := node.text:
                            parts.append(text if self.plain else self._seen(node, text, paragraph))
                    elif tag != R_LOOK:
                        self._below(node, paragraph, parts)
            elif tag != P_LOOK:
                self._below(child, paragraph, parts)
        return "".join(parts)

    def _below(self, top: _Element, paragraph: _Element, parts: list[str]) -> None:
        """What `top` and everything inside it prints."""
        for node in top.iter(*PRINTED):
            tag = node.tag
            if tag in (T, _MATH):
                if node.text:
                    parts.append(self._seen(node, node.text, paragraph))
            elif tag in (_BR, _CR):
                parts.append("\n")
            elif tag == _TAB:
                if (run := node.getparent()) is not None and run.tag == R:
                    parts.append(" ")
            elif tag == _HYPHEN:
                parts.append("-")
            elif tag == _SYMBOL:
                parts.append(_SYMBOL_PRINTED)
            elif tag == _DELETED:
                self.deletions += 1
            else:
                self.pictures += not self.has_boxes or node.find(f".//{BOX}") is None

    def _seen(self, node: _Element, text: str, paragraph: _Element) -> str:
        """The text of a node: nothing when it is unseen or stands in a text box."""
        script = None
        if self._has_looks:
            unseen, script = _look(node)
            if unseen:
                self.deletions += 1
                return ""
        if (self.has_boxes and inside(node, paragraph, BOX)) or (self._has_fallbacks and inside(node, paragraph, FALLBACK)):
            return ""
        return text.translate(_SCRIPTS[script]) if script in _SCRIPTS else text

    def boxes(self, paragraph: _Element) -> list[_Element]:
        """The text boxes anchored in a paragraph, each once."""
        found = list(paragraph.iter(BOX)) if self.has_boxes else []
        return [box for box in found if not inside(box, paragraph, FALLBACK) or not _has_choice(box, paragraph)]


class TableTexts:
    """The texts of the paragraphs in a table, gathered in one scan: a table has hundreds of them, nearly all of one run."""

    def __init__(self, reader: TextReader, table: _Element) -> None:
        self._reader = reader
        self._texts: dict[_Element, list[str]] = {}
        self._others: set[_Element] = set()  # paragraphs with more in them than text in runs
        for node in table.iter(*PRINTED):
            paragraph = _paragraph_of(node) if reader.plain and node.tag == T else None
            if paragraph is None:
                self._others.update(node.iterancestors(P))
            elif text := node.text:
                self._texts.setdefault(paragraph, []).append(text)

    def text(self, paragraph: _Element) -> str:
        """The visible text of one of the paragraphs."""
        if paragraph in self._others:
            return self._reader.text(paragraph)
        found = self._texts.get(paragraph)
        return "".join(found) if found else ""


def _paragraph_of(node: _Element) -> _Element | None:
    """The paragraph straight in a cell that has `node` straight in one of its runs."""
    run = node.getparent()
    paragraph = run.getparent() if run is not None and run.tag == R else None
    if paragraph is None or paragraph.tag != P:
        return None
    cell = paragraph.getparent()
    return paragraph if cell is not None and cell.tag == CELL else None


def has(top: _Element, *tags: str) -> bool:
    """Whether an element with one of `tags` stands anywhere in `top`."""
    return next(top.iter(*tags), None) is not None


def inside(node: _Element, top: _Element, tag: str) -> bool:
    """Whether an element with `tag` stands between `node` and `top`."""
    parent = node.getparent()
    while parent is not None and parent is not top:
        if parent.tag == tag:
            return True
        parent = parent.getparent()
    return False


def first_in(element: _Element, look: str, name: str) -> _Element | None:
    """The first element `name` in the children `look` of an element."""
    for properties in element.iterchildren(look):
        for found in properties.iterchildren(name):
            return found
    return None


def _has_choice(box: _Element, top: _Element) -> bool:
    """Whether the alternative beside a fallback holds a text box, too."""
    parent = box.getparent()
    while parent is not None and parent is not top and parent.tag != FALLBACK:
        parent = parent.getparent()
    owner = parent.getparent() if parent is not None else None
    return owner is not None and len(owner.findall(f".//{BOX}")) > 1


def _look(node: _Element) -> tuple[bool, str | None]:
    """Whether a text node is struck out, hidden, or moved elsewhere as a tracked change; whether its run is `superscript` or `subscript`."""
    run = node.getparent()
    if run is None:
        return False, None
    unseen = False
    look = next(run.iterchildren(R_LOOK), None)
    for mark in look.iterchildren(*_HIDDEN_LOOKS) if look is not None else ():
        unseen = unseen or mark.get(VALUE, "true") not in ("0", "false", "off")
    found = first_in(run, R_LOOK, _VERTICAL)
    owner = run.getparent()
    return unseen or (owner is not None and owner.tag == _MOVED), found.get(VALUE) if found is not None else None
