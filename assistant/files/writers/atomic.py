"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from assistant.errors import AssistantError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class UnwritableFile(AssistantError):
    """A file could not be written; what stood there before is untouched."""

    code = "unwritable-file"


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to a file beside `path` and rename it over `path`. A link is followed. Raises `UnwritableFile`."""
    target = path.resolve()
    beside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        try:
            with beside.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError) -> UnwritableFile:
    if error.errno in _FULL:
        return UnwritableFile(f"磁盘空间不足，未能写入 {path.name}。", "请清理磁盘或换一个保存位置；原有文件没有改动。")
    if error.errno in _FORBIDDEN:
        return UnwritableFile(
            f"没有写入权限，未能保存 {path.name}。", "请换一个保存位置，或关闭正在使用该文件的程序后重试；原有文件没有改动。"
        )
    if error.errno == errno.ENOENT:
        return UnwritableFile(f"保存位置不存在：{path.parent}。", "请先建立该文件夹，或换一个保存位置。")
    if error.errno == errno.EISDIR:
        return UnwritableFile(f"{path.name} 是文件夹，不能当作文件写入。", "请写明文件名。")
    return UnwritableFile(f"未能写入 {path.name}：{error.strerror or error}。", "请换一个保存位置后重试；原有文件没有改动。")
