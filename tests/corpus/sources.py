"""Reads the digests of `corpus/` and the official texts beside the repository, article by article, for the comparison of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ARTICLE = re.compile(r"^(第[一二三四五六七八九十]+条)[ 　]*", re.M)
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百]+")
_DAY = re.compile(r"\d+月\d+日")
_FIGURE = re.compile(r"(\d+)(?:[—–~-](\d+))?(个?工作日|[年月日天件页元档])")
_PUNCTUATION = re.compile(r"[，。；：、！？…（）()《》〈〉“”‘’\"'\s—|/,.:;]+")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True)
class Document:
    """A digest: front matter, printed article label → (topic, text), and its asks file."""

    path: Path
    front: dict[str, Any]
    articles: dict[str, tuple[str, str]]
    labels: tuple[str, ...]
    asks: dict[str, dict[str, list[str]]]


@cache
def documents() -> dict[str, Document]:
    """Every Markdown document of the corpus by its id."""
    paths = sorted((CORPUS / "law").glob("*.md")) + sorted((CORPUS / "guidance").glob("*.md"))
    return {document.front["id"]: document for document in map(_read, paths)}


def _read(path: Path) -> Document:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    parts = re.split(r"^## (\S+) ?(.*)$", body, flags=re.M)
    labels = tuple(parts[1::3])
    texts = [re.sub(r"^# .*$", "", text, flags=re.M).strip() for text in parts[3::3]]
    asks = yaml.safe_load(path.with_suffix(".asks.yaml").read_text(encoding="utf-8"))
    return Document(path, yaml.safe_load(front), dict(zip(labels, zip(parts[2::3], texts, strict=True), strict=True)), labels, asks)


def official_articles(text: str) -> dict[str, str]:
    """`第N条` → its official text; headings of chapters and editor's notes behind the last article are cut off."""
    parts = ARTICLE.split(text)
    bodies = [re.split(r"^(?:#|其余条款)", body, maxsplit=1, flags=re.M)[0].strip() for body in parts[2::2]]
    return dict(zip(parts[1::2], bodies, strict=True))


def fold_numerals(text: str) -> str:
    """Chinese numerals below a thousand as digits, digits half-width: 二十个工作日 → 20个工作日."""
    text = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    return _NUMERAL.sub(lambda match: str(_number(match.group())), text).replace(" ", "")


def _number(word: str) -> int | str:
    if not set(word) & set("十百"):
        return "".join(str(_DIGITS[character]) for character in word)
    total, digit = 0, 0
    for character in word:
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        else:
            digit = _DIGITS[character]
    return total + digit


def figures(text: str) -> set[str]:
    """Numbers with a measure of time, money or quantity, days of the year as a whole: {"20工作日", "1月31日", "100元"}; of a range both ends."""
    folded = fold_numerals(text)
    found = set(_DAY.findall(folded))
    for low, high, unit in _FIGURE.findall(_DAY.sub("", folded)):
        found |= {f"{number}{unit.removeprefix('个')}" for number in (low, high) if number}
    return found


def clauses(text: str) -> set[str]:
    """What stands between two punctuation marks."""
    return set(_PUNCTUATION.split(text))
