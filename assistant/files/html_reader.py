"""Web pages and saved pages: paragraphs and tables of the part of the page that holds the report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.domain.report import Loss, LossKind
from assistant.errors import UnreadableFile
from assistant.files.grid.segments import segments
from assistant.files.limits import LARGEST_MARKUP, MOST_CELLS, MOST_SPAN, damaged
from assistant.files.raw import Occupied, Paragraph, RawCell, RawDocument, RawTable
from assistant.files.section_heads import find_headings

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select", "option", "textarea", "input", "button",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot",
    "table", "section", "article", "main", "header", "footer", "nav", "aside", "form", "center", "blockquote", "pre", "br", "hr",
    "body", "html", "caption", "fieldset", "figure", "figcaption", "address",
})  # fmt: skip
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_-]+)""", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u3000]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[a-z-]*\s*:[^;]*line-through"
    r"|(?:opacity|font-size)\s*:\s*0*\.?0+(?![\d.])|(?<![-\w])color\s*:\s*transparent|text-indent\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STRUCK = frozenset({"del", "s", "strike"})
_SCRIPTS = {"sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
_GARBAGE = (*(chr(code) for code in range(32) if code not in (9, 10, 12, 13)), "\x7f", "\ufffd")
_TITLE_META = frozenset({"articletitle", "og:title", "title"})
_DEEPEST = 240


def read_html(content: bytes) -> RawDocument:
    """Paragraphs and tables of a web page. Raises `UnreadableFile` when it cannot be decoded or parsed."""
    root = _parse(content)
    walk = _Walk()
    walk.visit(root, 0)
    walk.flush()
    items, outside = _report_part(walk.items)
    titles = [*_titles(root), *(item.text for item in outside if isinstance(item, Paragraph) and len(item.text) < 100)]
    losses = [Loss(kind=LossKind.IGNORED, message="网页中有隐藏或划去的文字，没有采用。")] if walk.hidden else []
    return RawDocument(tuple(items), tuple(titles), tuple(losses))


def decode(content: bytes) -> str:
    """Text of a page or file: byte order mark, declared character set, UTF-8, then GB 18030. Raises `UnreadableFile` when none fits."""
    text = _decoded(content)
    if sum(map(text.count, _GARBAGE)) * 100 > len(text):
        raise UnreadableFile("文件的文字编码认不出，或文件不是文本。", "请用记事本打开后另存为 UTF-8 编码。")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:4096])
    names = ["utf-8-sig", *([declared[1].decode("ascii")] if declared else []), "gb18030"]
    for name in names:
        try:
            return content.decode("gb18030" if name.lower() in {"gb2312", "gbk", "x-gbk"} else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030" if declared and declared[1].lower().startswith(b"gb") else "utf-8", "replace")


def _parse(content: bytes) -> _Element:
    from lxml import etree, html

    if len(content) > LARGEST_MARKUP:
        raise UnreadableFile("网页过大，已拒绝读取。", "请只保存报告正文后再试。")
    text = decode(content).replace("\x00", "")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise damaged() from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile("网页嵌套过深，已拒绝读取。", "请把报告正文复制到新文件后再试。")
    return root


class _Walk:
    """Collects text block by block. `items` pairs every paragraph and table with its element."""

    def __init__(self) -> None:
        self.items: list[tuple[Paragraph | RawTable, _Element]] = []
        self.hidden = False
        self._text: list[str] = []
        self._owner: _Element | None = None
        self._tables = 0
        self._cells = 0
        self._verbatim = 0

    def visit(self, element: _Element, depth: int) -> None:
        """Walk an element, its children and the text after each."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if _is_hidden(element):
            self.hidden = self.hidden or any(str(text).strip() for text in element.itertext())
            return
        if depth > _DEEPEST:
            raise UnreadableFile("网页嵌套过深，已拒绝读取。", "请把报告正文复制到新文件后再试。")
        if tag == "table" and not _is_layout(element):
            self.flush()
            self.table(element)
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        self._verbatim += tag == "pre"
        self.add(_script(element, element.text), element)
        for child in element:
            self.visit(child, depth + 1)
            self.add(_script(element, child.tail), element)
        if block:
            self.flush()
        self._verbatim -= tag == "pre"

    def add(self, text: str | None, owner: _Element) -> None:
        """More text of the current block; in preformatted text each line is a block."""
        if self._verbatim and text and "\n" in text:
            for line in text.splitlines(keepends=True):
                self._add(line, owner)
                if line.endswith("\n"):
                    self.flush()
        else:
            self._add(text, owner)

    def _add(self, text: str | None, owner: _Element) -> None:
        if text:
            self._text.append(text)
            if self._owner is None and not text.isspace():
                self._owner = owner

    def flush(self) -> None:
        """End the current block."""
        text = _SPACES.sub(" ", "".join(self._text)).strip()
        if text and self._owner is not None:
            self.items.append((Paragraph(text, f"第{len(self.items) + 1}段"), self._owner))
        self._text, self._owner = [], None

    def table(self, element: _Element) -> None:
        """A table with its spans resolved."""
        self._tables += 1
        name = f"表{self._tables}"
        places = Occupied()
        cells: list[RawCell] = []
        self.hidden = self.hidden or any(
            _is_hidden(node) and any(text.strip() for text in node.itertext())
            for node in element.iter("span", "p", "font", "div", *_STRUCK)
        )
        rows = [row for row in element.iter("tr") if not _is_hidden(row)]
        for at, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th") or _takes_no_place(cell):
                    continue
                column = places.next_free(at, column)
                text = "" if _is_hidden(cell) else _cell_text(cell)
                made = RawCell(
                    at,
                    column,
                    _span(cell, "rowspan", len(rows) - at),
                    _span(cell, "colspan", MOST_SPAN),
                    text,
                    f"{name} 行{at + 1} 列{column + 1}",
                )
                places.take(made)
                cells.append(made)
                column = made.end
        self._cells += len(cells)
        if self._cells > MOST_CELLS:
            raise UnreadableFile("网页表格单元格过多，已拒绝读取。", "请只保存报告正文后再试。")
        self.items.append((RawTable(tuple(_clipped(cells)), name), element))


def _clipped(cells: list[RawCell]) -> Iterable[RawCell]:
    """Cells without overlap: a cell that would run into one from above is cut short."""
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        width = next((at - cell.column for at in range(cell.column, cell.end) if (cell.row, at) in taken), cell.column_span)
        height = next(
            (
                at - cell.row
                for at in range(cell.row, cell.row + cell.row_span)
                if any((at, c) in taken for c in range(cell.column, cell.column + width))
            ),
            cell.row_span,
        )
        if width < 1 or height < 1:
            width, height = max(width, 1), max(height, 1)
        taken.update((row, column) for row in range(cell.row, cell.row + height) for column in range(cell.column, cell.column + width))
        same = (width, height) == (cell.column_span, cell.row_span)
        yield cell if same else RawCell(cell.row, cell.column, height, width, cell.text, cell.locator)


def _span(cell: _Element, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 7):
        return 1
    number = int(value)
    return most if name == "rowspan" and number == 0 else min(max(number, 1), most, MOST_SPAN)


def _cell_text(cell: _Element) -> str:
    """The text of a cell; paragraphs and line breaks are line breaks."""
    parts: list[str] = []
    stack: list[tuple[_Element, bool]] = [(cell, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            parts.append("\n" if node.tag in _BLOCKS else "")
            parts.append(_script(node.getparent(), node.tail) or "" if node is not cell else "")
            continue
        if not isinstance(node.tag, str) or node.tag in _SKIPPED or (node is not cell and _is_hidden(node)):
            parts.append(node.tail or "" if node is not cell else "")
            continue
        if node.tag in _BLOCKS:
            parts.append("\n")
        parts.append(_script(node, node.text) or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    lines = (_SPACES.sub(" ", line).strip() for line in _joined(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _joined(parts: list[str]) -> str:
    """Line breaks of the source are spaces, those of blocks remain."""
    return "".join(part if part == "\n" else _SPACES.sub(" ", part) for part in parts)


def _script(element: _Element | None, text: str | None) -> str | None:
    """Raised and lowered digits stay recognisable as such."""
    return text.translate(_SCRIPTS[element.tag]) if text and element is not None and element.tag in _SCRIPTS else text


def _is_hidden(element: _Element) -> bool:
    """Whether readers do not see the element, or see it struck out."""
    style = element.get("style")
    return (style is not None and _hides(style)) or element.get("hidden") is not None or element.tag in _STRUCK


def _takes_no_place(cell: _Element) -> bool:
    """Whether a cell of a table is not laid out at all, so that its neighbours close up."""
    return cell.get("hidden") is not None or bool(_NOT_DISPLAYED.search(cell.get("style") or ""))


@lru_cache(maxsize=1024)
def _hides(style: str) -> bool:
    """Whether a style hides or strikes out; a page repeats few styles many times."""
    return bool(_HIDDEN.search(style))


def _is_layout(table: _Element) -> bool:
    """Whether a table only arranges the page: it holds another table, or a single cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = table.iter("td", "th")
    return next(cells, None) is None or next(cells, None) is None


def _titles(root: _Element) -> list[str]:
    metas = [
        meta.get("content", "") for meta in root.iter("meta") if (meta.get("name") or meta.get("property") or "").lower() in _TITLE_META
    ]
    heads = [title.text or "" for title in root.iter("title")]
    return [*metas, *heads, *(part for title in heads for part in re.split(r"[_|\-–—]", title))]


def _report_part(found: list[tuple[Paragraph | RawTable, _Element]]) -> tuple[list[Paragraph | RawTable], list[Paragraph | RawTable]]:
    """The items inside the smallest element that holds all headings and statutory tables, and the items before it."""
    items = [item for item, _ in found]
    marked = list(find_headings(items))
    marked += [at for at, item in enumerate(items) if isinstance(item, RawTable) and any(part.table for part in segments(item))]
    if len(marked) < 2:
        return items, []
    common = _common_ancestor([found[at][1] for at in sorted(set(marked))])
    inside = [
        at for at, (_, element) in enumerate(found) if element is common or any(parent is common for parent in element.iterancestors())
    ]
    first = inside[0] if inside else 0
    return [items[at] for at in inside], items[:first]


def _common_ancestor(elements: list[_Element]) -> _Element:
    first, *others = elements
    chain = [first, *first.iterancestors()]
    shared = {id(element) for element in chain}
    for element in others:
        shared &= {id(parent) for parent in [element, *element.iterancestors()]}
    return next(element for element in chain if id(element) in shared)
