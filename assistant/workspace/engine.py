"""Opening the database: SQLite in WAL mode, brought to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from assistant.errors import StoreTrouble

_MIGRATIONS = Path(__file__).parent / "migrations"
_CAUSES = {
    "SQLITE_FULL": "磁盘已满",
    "SQLITE_BUSY": "另一个程序正在写入",
    "SQLITE_READONLY": "没有写入权限",
    "SQLITE_CANTOPEN": "文件打不开",
    "SQLITE_NOTADB": "文件不是数据库或已损坏",
    "SQLITE_CORRUPT": "文件已损坏",
}


def open_engine(path: Path) -> Engine:
    """The engine of the workspace file at `path`, created if new. Raises `StoreTrouble` when it cannot be opened or is newer than this program."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
        event.listen(engine, "connect", _pragmas)
        _upgrade(engine)
    except (OSError, DatabaseError) as error:
        raise StoreTrouble(f"工作区数据库打不开：{path}（{reason(error)}）。", "请检查磁盘空间和文件权限；原文件没有被改动。") from error
    return engine


def reason(error: Exception) -> str:
    """Why the database did not do something, for people."""
    cause = getattr(error, "orig", None) or error
    return _CAUSES.get(getattr(cause, "sqlite_errorname", ""), str(cause))


def _pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        current = _current(connection)
        if current == head:
            return
        if current is not None and current not in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}:
            raise StoreTrouble("工作区由更新版本的程序写成，本版本不能打开。", "请升级程序，或用 --data-dir 指定另一个目录。")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    known = connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")).first()
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
