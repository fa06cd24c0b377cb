"""Many files converted in one call of LibreOffice, for the fuzzer: starting it takes longer than converting a file."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.files import office
from assistant.files.limits import damaged

_ALONE = office.convert
_SECONDS = 600.0


def convert_ahead(contents: Sequence[bytes]) -> None:
    """Convert these Word files now; the reader then finds them done. Where the call came to its end, a file that was not made cannot be
    converted; where it did not, the files that are missing are converted one by one, as the reader does it."""
    done, ended = _converted(contents)

    def found(content: bytes, suffix: str, target: str, seconds: float = office.SECONDS) -> bytes:
        if target == "docx" and content in done:
            return done[content]
        if target == "docx" and ended and content in contents:
            raise damaged()
        return _ALONE(content, suffix, target, seconds)

    office.convert = found


def refuse_all() -> None:
    """Nothing is converted: only what comes before the conversion is tried."""

    def refused(content: bytes, suffix: str, target: str, seconds: float = office.SECONDS) -> bytes:
        raise damaged()

    office.convert = refused


def _converted(contents: Sequence[bytes]) -> tuple[dict[bytes, bytes], bool]:
    """What was made of each file, and whether LibreOffice ended as it should."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        root = Path(folder)
        named = {root / f"{at}.{office._suffix(content)}": content for at, content in enumerate(contents)}
        for path, content in named.items():
            path.write_bytes(content)
        command = office.command(root, "docx", tuple(named))
        try:
            status = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).returncode
        except subprocess.TimeoutExpired:
            status = 1
        made = {content: root / "out" / f"{path.stem}.docx" for path, content in named.items()}
        return {content: path.read_bytes() for content, path in made.items() if path.is_file()}, status == 0
