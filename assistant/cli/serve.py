"""`nianbao serve`: the Streamlit app on 127.0.0.1."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import Annotated

import typer

from assistant.cli.common import DataDirOption, say
from assistant.data_files import shipped
from assistant.errors import AssistantError

APP = shipped("app.py")


def serve(
    port: Annotated[int, typer.Option("--port", help="端口", min=1, max=65535)] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="不自动打开浏览器")] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Open the app; it listens on this machine only and sends nothing about its use."""
    if not APP.is_file():
        raise AssistantError(f"找不到网页应用 {APP}。", "请在项目目录中安装后运行：make app。")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise AssistantError(f"端口 {port} 已被占用。", "请用 --port 指定另一个端口，或关闭正在运行的应用。")
    environment = dict(os.environ)
    if data_dir:
        environment["NIANBAO_DATA_DIR"] = str(data_dir.resolve())
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        f"--server.headless={'true' if headless else 'false'}",
        "--browser.gatherUsageStats=false",
    ]
    say(f"年报助手：http://127.0.0.1:{port}（按 Ctrl+C 停止）")
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options]
    with subprocess.Popen(command, env=environment, cwd=APP.parent) as server:
        try:
            raise typer.Exit(server.wait())
        except KeyboardInterrupt:  # the way to stop it; the server gets the signal too
            server.wait()
            raise typer.Exit from None
