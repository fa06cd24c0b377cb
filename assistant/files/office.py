"""Old Word and WPS files, through LibreOffice when it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath

from assistant.errors import UnreadableFile
from assistant.files.docx_reader import read_docx
from assistant.files.limits import check_size, damaged
from assistant.files.raw import RawDocument
from assistant.files.xlsx_reader import read_xlsx

SECONDS = 120.0
_WORKBOOK = "Workbook".encode("utf-16-le")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
</oor:items>
"""


def read_doc(content: bytes, name: str = "") -> RawDocument:
    """Paragraphs and tables of a .doc, .wps, .rtf, .odt or .xls file. Raises `UnreadableFile` when LibreOffice is missing, fails or takes too
    long."""
    if _WORKBOOK in content or PurePath(name).suffix.lower() in {".xls", ".et", ".ods"}:
        return read_xlsx(convert(content, "xls", "xlsx"))
    return read_docx(convert(content, _suffix(content), "docx"))


def _suffix(content: bytes) -> str:
    """WPS files are named as Word files, whose format they have."""
    if content.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return "odt" if content.startswith(b"PK") else "doc"


def office_program() -> str | None:
    """The LibreOffice command, None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(content: bytes, suffix: str, target: str, seconds: float = SECONDS) -> bytes:
    """Convert with LibreOffice in a folder and a profile of this call alone (two conversions on one profile disturb each other), macros
    and links off, within `seconds`."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        root = Path(folder)
        source = root / f"report.{suffix}"
        source.write_bytes(content)
        _run(command(root, target, (source,)), seconds)
        made = root / "out" / f"report.{target}"
        if not made.is_file():
            raise damaged()
        check_size(made.stat().st_size)
        return made.read_bytes()


def command(root: Path, target: str, sources: Sequence[Path]) -> list[str]:
    """What converts `sources` into `root`/out, with a profile made in `root`. Raises `UnreadableFile` when LibreOffice is missing."""
    program = office_program()
    if program is None:
        raise UnreadableFile(
            "读取 .doc、.wps 等旧格式需要 LibreOffice，本机没有安装。",
            "请安装 LibreOffice，或用办公软件另存为 .docx 后再试。",
            code="office-missing",
        )
    profile = root / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    return [
        program, f"-env:UserInstallation=file://{root}/profile", "--headless", "--norestore", "--nolockcheck", "--nodefault",
        "--convert-to", target, "--outdir", str(root / "out"), *map(str, sources),
    ]  # fmt: skip


def _run(command: list[str], seconds: float) -> None:
    """Run to the end, until the time is up or the waiting is broken off; then the whole process group of this call ends."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        status = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("转换旧格式文件超时。", "请用办公软件另存为 .docx 后再试。", code="office-timeout") from error
    finally:  # also when the waiting is broken off (a cancelled page, Ctrl-C): the command's own child would work on for ever
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if status < 0 or status > 128:  # ended by a signal
        raise UnreadableFile(
            "转换旧格式文件时 LibreOffice 中途退出。", "请再试一次；仍不行的，用办公软件另存为 .docx 后再试。", code="office-failed"
        )
