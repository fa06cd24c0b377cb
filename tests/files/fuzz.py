"""Damaged and hostile files against the readers: `python -m tests.files.fuzz FOLDER [--count N] [--seed S] [--format docx]`.

Takes the report files in FOLDER, changes them at random (bits, cuts, splices, swapped parts of the archive, XML and text edits) and reads
the result. Anything but a report, `UnreadableFile` or `NotAReport` is a finding, as is a reading that takes longer than a minute or 400 MB.
Findings are written to FOLDER/findings. Prints one line per format: files tried, reports, refusals, findings, the slowest reading.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from assistant.errors import NotAReport, UnreadableFile
from assistant.files.reading import read_report

FORMATS = (".docx", ".html", ".pdf", ".xlsx", ".txt", ".json")
SLOW_SECONDS = 60.0
MOST_MEMORY_MB = 1500
_MARKS = (b"<", b">", b"&#0;", b"&lt;", b'"', b"</w:tbl>", b"<w:tbl>", b"<table>", b"</td>", b'rowspan="99999"', b'w:val="99999999"', b"\x00", b"\xff\xfe", b"9" * 40)
_TEXTS = ("9" * 50, "\t" * 30, "一、", "（三）不予公开", "①", "-", "/", "\f", "\u202e", "第二十条第（一）项", "0 0 0 0 0 0 0 0", "行政复议")
_VALUES = ("", "0", "-1", "99999999999", "0.5", "restart", "continue", "abc", "A1", "XFD1048576", "（三）不予公开", "3,1", "１２", "/")
_LEAF = re.compile(r'"[^"<>]*"|>[^<>]+<|<[^<>]+/>')

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def bits(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Flip some bits."""
    data = bytearray(content)
    for _ in range(rnd.choice((1, 3, 10, 100))):
        data[rnd.randrange(len(data))] ^= 1 << rnd.randrange(8)
    return bytes(data)


def cut(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Cut off the end, the beginning or a piece in the middle."""
    start, end = sorted((rnd.randrange(len(content)), rnd.randrange(len(content))))
    return rnd.choice((content[:end], content[start:], content[:start] + content[end:]))


def splice(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Put a piece of another file, or a mark, somewhere."""
    at = rnd.randrange(len(content))
    start = rnd.randrange(len(other))
    piece = rnd.choice((other[start : start + rnd.choice((4, 64, 4096))], rnd.choice(_MARKS), content[at : at + 500] * 3))
    return content[:at] + piece + content[at + rnd.choice((0, len(piece))) :]


def words(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Change, double, delete or move stretches of markup or text."""
    text = content.decode("utf-8", "ignore")
    tokens = re.split(r"(<[^>]*>|\n)", text)
    for _ in range(rnd.choice((1, 2, 8, 40))):
        at = rnd.randrange(len(tokens))
        tokens[at] = rnd.choice(("", tokens[at] * 2, rnd.choice(tokens), rnd.choice(_TEXTS), tokens[at][::-1]))
    return "".join(tokens).encode("utf-8")


def leaves(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Change texts, attribute values or whole elements, so that the markup stays well-formed."""
    text = content.decode("utf-8", "ignore")
    for _ in range(rnd.choice((1, 3, 20))):
        found = list(_LEAF.finditer(text, rnd.randrange(max(len(text) - 4000, 1))))[:50]
        if not found:
            break
        match = rnd.choice(found)
        piece = rnd.choice(("", match[0] * 2)) if match[0].endswith("/>") else match[0][0] + rnd.choice(_VALUES) + match[0][-1]
        text = text[: match.start()] + piece + text[match.end() :]
    return text.encode("utf-8")


def archive(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Rewrite a zip with one part mutated, dropped, swapped or doubled."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as source:
            parts = {info.filename: source.read(info.filename) for info in source.infolist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return bits(rnd, content, other)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    name = rnd.choice([name for name in names if "document.xml" in name or "sheet" in name or "numbering" in name or "shared" in name] or names)
    if rnd.random() < 0.1:
        del parts[rnd.choice(list(parts))]
    elif rnd.random() < 0.1:
        parts[name] = parts[rnd.choice(names)]
    elif parts[name]:
        parts[name] = rnd.choice((leaves, leaves, leaves, leaves, words, bits, splice))(rnd, parts[name], other)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for key, part in parts.items():
            target.writestr(key, part)
    return out.getvalue()


def mutations(suffix: str) -> tuple[Mutation, ...]:
    """The changes that make sense for a format."""
    if suffix in (".docx", ".xlsx"):
        return (archive, archive, archive, archive, bits, cut, splice)
    return (bits, cut, splice) if suffix == ".pdf" else (words, words, leaves, bits, cut, splice)


def mutated(rnd: random.Random, files: list[Path], suffix: str) -> Iterator[bytes]:
    """Endless mutants of the files of one format."""
    contents = [path.read_bytes() for path in files]
    while True:
        content, other = rnd.choice(contents), rnd.choice(contents)
        for _ in range(rnd.choice((1, 1, 2))):
            content = rnd.choice(mutations(suffix))(rnd, content, other) or b" "
        yield content


def attempt(content: bytes, name: str) -> str:
    """`report`, `refused`, or a description of what went wrong."""
    started = time.monotonic()
    try:
        read_report(content, name)
        outcome = "report"
    except (UnreadableFile, NotAReport):
        outcome = "refused"
    except BaseException as error:  # a fuzzer wants to see everything
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{type(error).__name__}: {error}\n{''.join(traceback.format_tb(error.__traceback__)[-4:])}"
    seconds = time.monotonic() - started
    return outcome if seconds < SLOW_SECONDS else f"slow: {seconds:.0f} s"


def run(folder: Path, count: int, seed: int, formats: tuple[str, ...]) -> int:
    """Fuzz each format `count` times; the number of findings."""
    total = 0
    for suffix in formats:
        files = sorted(path for path in folder.iterdir() if path.suffix == suffix)
        if not files:
            continue
        rnd = random.Random(f"{seed}{suffix}")
        tally: Counter[str] = Counter()
        slowest = 0.0
        for _, content in zip(range(count), mutated(rnd, files, suffix), strict=False):
            started = time.monotonic()
            outcome = attempt(content, f"x{suffix}")
            slowest = max(slowest, time.monotonic() - started)
            tally[outcome if outcome in ("report", "refused") else "finding"] += 1
            if outcome not in ("report", "refused"):
                total += 1
                kept = folder / "findings"
                kept.mkdir(exist_ok=True)
                (kept / f"{seed}-{total}{suffix}").write_bytes(content)
                sys.stdout.write(f"{suffix} {outcome}\n")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"{suffix}: {count} files, {dict(tally)}, slowest {slowest:.1f} s, peak memory {memory} MB\n")
        sys.stdout.flush()
        total += memory > MOST_MEMORY_MB
    return total


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--format", action="append", choices=[suffix[1:] for suffix in FORMATS])
    given = parser.parse_args()
    chosen = tuple(f".{name}" for name in given.format) if given.format else FORMATS
    sys.exit(1 if run(given.folder, given.count, given.seed, chosen) else 0)
