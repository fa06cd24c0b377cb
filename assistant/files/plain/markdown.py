"""Marks of Markdown taken off, line by line, so that the text reads as any other."""

from __future__ import annotations

import re
from html import escape

from assistant.expressions import regex

_HEADING = regex(r"^\s{0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$")
_RULED = regex(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$", re.MULTILINE)
_BOLD = regex(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = regex(r"!?\[([^\]]*)\]\([^)\s]*\)")
_QUOTE = regex(r"^\s*>\s?")
_ITEM = regex(r"^\s*[-*+]\s+(?=\S)")
_LINE = regex(r"^\s*(?:=+|-{3,}|\*{3,}|_{3,}|```.*|~~~.*)\s*$")
_ESCAPE = regex(r"\\([\\`*_{}\[\]()#+\-.!>~])")
_FRONT = regex(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = regex(r"^title\s*:\s*[\"']?(.*?)[\"']?\s*$")
_TABLE = regex(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)


def is_markdown(text: str) -> bool:
    """Whether a text has headings, emphasised lines or tables of Markdown."""
    return ("|" in text and bool(_RULED.search(text))) or any(
        _HEADING.match(row) or (row.startswith("**") and row.rstrip().endswith("**")) for row in text.splitlines()
    )


def unmarked(text: str) -> str:
    """`text` without the marks of Markdown, with the same lines; lines that are marks alone are blank."""
    front = _FRONT.match(text)
    if front:
        titles = [found[1] if (found := _TITLE.match(row)) else "" for row in front[1].split("\n")]
        text = "\n".join(["", *titles, "", text[front.end() :]])
    return "\n".join(_plain(row) for row in text.split("\n"))


def _plain(row: str) -> str:
    if _LINE.match(row):
        return ""
    heading = _HEADING.match(row)
    plain = _LINK.sub(r"\1", heading[1] if heading else _ITEM.sub("", _QUOTE.sub("", row)))
    plain = _BOLD.sub(r"\2", plain)
    return plain if "|" in plain else _ESCAPE.sub(r"\1", plain)


def has_html_table(text: str) -> bool:
    """Whether tables are written as HTML, as Markdown does where cells are merged."""
    return bool(_TABLE.search(text))


def as_page(text: str) -> str:
    """A text with HTML tables as a web page: its other lines are paragraphs."""
    parts: list[str] = []
    done = 0
    for table in _TABLE.finditer(text):
        parts += [*_paragraphs(text[done : table.start()]), table[0]]
        done = table.end()
    return "<html><body>" + "\n".join([*parts, *_paragraphs(text[done:])]) + "</body></html>"


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(row.strip(), quote=False)}</p>" for row in text.splitlines() if row.strip()]
