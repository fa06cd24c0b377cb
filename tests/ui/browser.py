"""A running app and a browser for it. Skipped where no Chromium is found, unless CI demands it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]


def chromium() -> str:
    """The path of a Chromium, or a skip with the reason."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        if os.environ.get("NIANBAO_REQUIRE_BROWSER"):
            pytest.fail("a Chromium is required here and none was found")
        pytest.skip("没有找到 Chromium，跳过浏览器测试")
    return found


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_app(data_dir: Path) -> Iterator[str]:
    """The app on a free port of this machine; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "assistant.cli", "serve", "--headless", "--port", str(port), "--data-dir", str(data_dir)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        os.killpg(process.pid, 15)
        process.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(f"{address}/_stcore/health", timeout=1).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the app did not start")
