"""Damaged and hostile files against the readers: `python -m tests.files.fuzz [FOLDER] [--reader docx]… [--count N] [--seed S]`.

Takes report files (written for the purpose, and those in FOLDER), changes them at random (bits, cuts, splices, swapped parts of the archive,
XML and text edits) and reads the result. `ole` reads old Word files as far as LibreOffice. Anything but a report, `UnreadableFile` or
`NotAReport` is a finding, as is a reading that takes more than ten seconds of the processor or 150 MB on top of what the process has.
Findings are written to --keep. Prints a row per reader.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from pathlib import Path
from types import FrameType

from assistant.errors import NotAReport, UnreadableFile
from assistant.files import ocr, ocr_process
from assistant.files.reading import read_report
from tests.files.conversions import convert_ahead, refuse_all

READERS = ("docx", "html", "txt", "md", "pdf", "xlsx", "json", "doc", "wps", "ole", "png", "jpg")
UNUSUAL = frozenset({"doc", "wps", "ole", "png", "jpg"})  # through other programs, seconds a file: only when asked for
OFFICE = frozenset({"doc", "wps"})
TOGETHER = 100  # files converted in one call
MOST_SECONDS = 10.0
MOST_MEMORY = 150 * 1024  # kB
MOST_MEMORY_OF_SCANS = 1024 * 1024  # kB: the recogniser itself works with some 700 MB
_MARKS = (
    b"<",
    b">",
    b"&#0;",
    b"&lt;",
    b'"',
    b"</w:tbl>",
    b"<w:tbl>",
    b"<table>",
    b"</td>",
    b'rowspan="99999"',
    b'w:val="99999999"',
    b"\x00",
    b"\xff\xfe",
    b"9" * 40,
)
_TEXTS = ("9" * 50, "\t" * 30, "一、", "（三）不予公开", "①", "-", "/", "\f", "\u202e", "第二十条第（一）项", "0 0 0 0 0 0 0 0", "行政复议")
_VALUES = ("", "0", "-1", "99999999999", "0.5", "restart", "continue", "abc", "A1", "XFD1048576", "（三）不予公开", "3,1", "１２", "/")
_OPERANDS = (
    "0",
    "-1",
    "99999999",
    "1e9",
    "0.0001",
    "1 0 R",
    "2 0 R",
    "7 0 R",
    "[",
    "]",
    "<<",
    ">>",
    "null",
    "true",
    "/F1",
    "Do",
    "q",
    "Q",
    "cm",
    "Tf",
    "re",
    "f",
)
_OPERAND = re.compile(r"-?\d+(?:\.\d+)?|/[A-Za-z0-9]+|<[0-9A-F]{4,}>|\b[A-Za-z]{1,2}\b")
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
    name = rnd.choice(
        [name for name in names if "document.xml" in name or "sheet" in name or "numbering" in name or "shared" in name] or names
    )
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


def drawing(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Change numbers, names and operators of a PDF, so that most of it stays readable."""
    text = content.decode("latin-1")
    for _ in range(rnd.choice((1, 3, 20, 200))):
        found = list(_OPERAND.finditer(text, rnd.randrange(max(len(text) - 2000, 1))))[:50]
        if not found:
            break
        match = rnd.choice(found)
        piece = rnd.choice(("", match[0] * 2, *_OPERANDS, rnd.choice(found)[0]))
        text = text[: match.start()] + piece + text[match.end() :]
    return text.encode("latin-1")


def picture(rnd: random.Random, content: bytes, other: bytes) -> bytes:
    """Cut, turn, shrink, darken, blot or mirror what an image shows; the file itself stays sound."""
    from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as opened:
            kind, image = opened.format, opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return bits(rnd, content, other)
    wide, high = image.size
    left, top = rnd.randrange(wide), rnd.randrange(high)
    piece = image.crop((left, top, left + rnd.randrange(1, wide + 1), top + rnd.randrange(1, high + 1)))
    changed = rnd.choice((
        lambda: piece,
        lambda: (image.paste(piece, (rnd.randrange(wide), rnd.randrange(high))), image)[1],
        lambda: image.rotate(rnd.choice((1, 2, 5, 90, 180)), expand=True, fillcolor="white"),
        lambda: image.resize((max(1, wide // rnd.choice((2, 3, 50, wide))), max(1, high // rnd.choice((2, 3, 50, high))))),
        lambda: ImageOps.invert(image),
        lambda: ImageOps.mirror(image),
        lambda: ImageOps.posterize(image, 1),
        lambda: image.filter(ImageFilter.GaussianBlur(rnd.choice((1, 3, 9)))),
        lambda: Image.new("RGB", (rnd.choice((1, 30, 900)), rnd.choice((1, 30, 900))), rnd.choice(("white", "black", "red"))),
    ))()  # fmt: skip
    out = BytesIO()
    changed.convert(rnd.choice(("RGB", "L"))).save(out, kind)
    return out.getvalue()


def mutations(reader: str) -> tuple[Mutation, ...]:
    """The changes that make sense for a format."""
    if reader in ("docx", "xlsx"):
        return (archive, archive, archive, archive, bits, cut, splice)
    if reader == "pdf":
        return (bits, cut, splice, drawing, drawing)
    if reader in ("png", "jpg"):
        return (picture, picture, picture, bits, cut, splice)
    return (bits, bits, cut, splice) if reader in UNUSUAL else (words, words, leaves, bits, cut, splice)


def mutated(rnd: random.Random, contents: Sequence[bytes], reader: str) -> Iterator[bytes]:
    """Endless mutants of the contents of files of one format."""
    while True:
        content, other = rnd.choice(contents), rnd.choice(contents)
        for _ in range(rnd.choice((1, 1, 2))):
            content = rnd.choice(mutations(reader))(rnd, content, other) or b" "
        yield content


class TooSlow(BaseException):
    """Raised inside a reading that has used up its time; no reader may catch it."""


@dataclass
class Tally:
    """What came of the files of one reader; memory in kB."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0


def attempt(content: bytes, name: str, tally: Tally | None = None) -> str:
    """`report`, `refused`, or a description of what went wrong."""
    tally = tally or Tally()
    base = _memory("VmRSS") if _forget_peak() else 0
    started = time.process_time()
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        read_report(content, name)
        outcome = "report"
    except (UnreadableFile, NotAReport):
        outcome = "refused"
    except TooSlow:
        outcome = f"slow: more than {MOST_SECONDS:.0f} s"
    except BaseException as error:  # a fuzzer wants to see everything
        if isinstance(error, KeyboardInterrupt):
            raise
        outcome = f"{type(error).__name__}: {error}\n{''.join(traceback.format_tb(error.__traceback__)[-4:])}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    more = _memory("VmHWM") - base if base else 0
    tally.slowest = max(tally.slowest, time.process_time() - started)
    tally.memory = max(tally.memory, more)
    if outcome in ("report", "refused") and more > (MOST_MEMORY_OF_SCANS if name.endswith(("png", "jpg")) else MOST_MEMORY):
        outcome = f"memory: {more // 1024} MB"
    tally.outcomes[outcome if outcome in ("report", "refused") else "finding"] += 1
    return outcome


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _forget_peak() -> bool:
    """Begin to measure the peak of memory anew; False where the system cannot."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return False
    return True


def _memory(name: str) -> int:
    """A figure of this process's memory in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith(name)), 0)


def contents_of(reader: str, folder: Path | None) -> list[bytes]:
    """The files to change: those written for the purpose and those in `folder`."""
    from tests.files.seeds import seeds

    alike = {f".{reader}", ".htm" if reader == "html" else "", ".wps" if reader == "doc" else ""}
    found = [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in alike] if folder else []
    return [*seeds(reader), *found]


def run(reader: str, folder: Path | None, count: int, seed: int, keep: Path) -> Tally:
    """Fuzz one reader with `count` files."""
    if reader in ("png", "jpg"):
        ocr_process.recognised = lambda kind, content, seconds=None: ocr.read_scan(content)  # here, so that a fault is seen
    else:
        ocr_process.ocr_installed = lambda: (
            False
        )  # a PDF that has lost its text would be recognised as an image, which has a row of its own
    rnd = random.Random(f"{seed}{reader}")
    contents = contents_of(reader, folder)
    tally = Tally()
    if reader == "ole":
        refuse_all()
    for content in contents:  # what is loaded once is no memory of a single file
        attempt(content, f"x.{reader}")
    for at, content in enumerate(islice(_prepared(mutated(rnd, contents, reader), reader), count)):
        outcome = attempt(content, f"x.{reader}", tally)
        if outcome not in ("report", "refused"):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{reader}-{seed}-{at}.{reader}").write_bytes(content)
            sys.stdout.write(f"{reader} {at}: {outcome}\n")
            sys.stdout.flush()
    return tally


def _prepared(contents: Iterator[bytes], reader: str) -> Iterator[bytes]:
    """The files, those for LibreOffice converted many at once."""
    while reader in OFFICE:
        some = list(islice(contents, TOGETHER))
        convert_ahead(some)
        yield from some
    yield from contents


def main() -> int:
    """Fuzz as the command line says; 1 when anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reader", action="append", choices=READERS)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-findings")
    given = parser.parse_args()
    findings = 0
    sys.stdout.write(f"{'reader':8}{'files':>8}{'reports':>9}{'refused':>9}{'findings':>9}{'slowest s':>11}{'most MB':>9}\n")
    for reader in given.reader or [name for name in READERS if name not in UNUSUAL]:
        tally = run(reader, given.folder, given.count, given.seed, given.keep)
        told = tally.outcomes
        findings += told["finding"]
        sys.stdout.write(
            f"{reader:8}{given.count:>8}{told['report']:>9}{told['refused']:>9}{told['finding']:>9}{tally.slowest:>11.1f}{tally.memory // 1024:>9}\n"
        )
        sys.stdout.flush()
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
