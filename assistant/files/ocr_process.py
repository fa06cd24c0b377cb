"""Scans are recognised in a process of their own: what a damaged or hostile image does to the recogniser ends with that process, and its
memory (some 700 MB) is given back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from assistant.errors import UnreadableFile
from assistant.files.raw import RawDocument

Kind = Literal["image", "pdf"]
SECONDS: dict[Kind, float] = {"image": 180.0, "pdf": 900.0}
_MISSING = "扫描件或图片需要图像识别组件，本机没有安装。"
_INSTALL = "请安装：pip install 'nianbao[ocr]'；或改用 Word 文件、带文字的 PDF。"
_ANSWER: TypeAdapter[RawDocument | tuple[str, str, str]] = TypeAdapter(RawDocument | tuple[str, str, str])  # or message, hint, code


def ocr_installed() -> bool:
    """Whether the extra is there."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognised(kind: Kind, content: bytes, seconds: float | None = None) -> RawDocument:
    """Paragraphs and tables of an image, or of the pages of a PDF without a text layer, within `seconds`. Raises `UnreadableFile` when the extra
    is missing, the file is damaged or too large, the time is up or the recogniser died."""
    if not ocr_installed():
        raise UnreadableFile(_MISSING, _INSTALL, code="ocr-missing")
    try:
        done = subprocess.run(command(kind), input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
                              timeout=seconds or SECONDS[kind], check=False)  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            "图像识别超时。", "请以 200 dpi 左右重新扫描，或只保留报告本身的页面；也可改用 Word 文件。", code="ocr-timeout"
        ) from error
    try:
        answer = _ANSWER.validate_json(done.stdout)
    except ValidationError as error:
        raise UnreadableFile(
            "图像识别中途退出，没有读出内容。", "请再试一次；仍不行的，重新扫描，或改用 Word 文件。", code="ocr-failed"
        ) from error
    if isinstance(answer, RawDocument):
        return answer
    message, hint, code = answer
    raise UnreadableFile(message, hint, code=code)


def command(kind: Kind) -> list[str]:
    """What recognises the file on its standard input and prints the answer."""
    return [sys.executable, "-m", "assistant.files.ocr_process", kind]


def _environment() -> dict[str, str]:
    """The process finds this very package, wherever it was begun."""
    here = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


def main() -> None:
    """The process itself."""
    from assistant.files.ocr import read_scan, read_scanned_pdf

    out, sys.stdout = sys.stdout, sys.stderr  # nothing but the answer is printed
    answer: RawDocument | tuple[str, str, str]
    try:
        answer = (read_scan if sys.argv[1] == "image" else read_scanned_pdf)(sys.stdin.buffer.read())
    except UnreadableFile as error:
        answer = (error.message, error.hint, error.code)
    out.buffer.write(_ANSWER.dump_json(answer))


if __name__ == "__main__":
    main()
