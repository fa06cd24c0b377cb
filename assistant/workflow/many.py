"""Many files at once: roll-up and folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.saved import SavedReport
from assistant.errors import AssistantError, ConflictingInput, InvalidData, UnreadableFile
from assistant.workflow.checking import read

SUFFIXES = {".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".xlsx", ".txt", ".md", ".json"}


@dataclass(frozen=True)
class RolledUp:
    """A roll-up with what people must know: `lines` in Chinese, `troubled` whether a unit is missing or has errors, `unread` files."""

    saved: SavedReport
    lines: tuple[str, ...]
    troubled: bool
    unread: tuple[str, ...] = ()


def roll_up(files: Sequence[Path], *, unit: str = "", year: int | None = None, expected: Path | None = None) -> RolledUp:
    """The superior's tables as the sum of the reports in `files`. Raises `ConflictingInput` when a unit reports twice,
    `InvalidData` when the year cannot be told."""
    from assistant.tables.rollup import roll_up as summed

    reports, unread = [], []
    for file in files:
        try:
            reports.append(read(file).report)
        except AssistantError as error:
            unread.append(f"{file}：{error.message}")
    years = {report.year for report in reports if report.year}
    chosen = year or (years.pop() if len(years) == 1 else None)
    if chosen is None:
        raise InvalidData("各报告的年度不一致或认不出，不能汇总。", "请用 --year 指定报告年度。")
    result = summed(reports, unit=unit, year=chosen, expected=_names(expected) if expected else ())
    lines = [f"{unit or '汇总'} {chosen} 年度：已汇总 {len(result.summed)} 个单位"]
    lines += [f"  没有读出：{item}" for item in unread]
    lines += [f"  未报：{name}" for name in result.missing]
    lines += [f"  不在名单内：{name}" for name in result.unexpected]
    lines += [
        f"  {'没有汇入' if trouble.refused else '有差错'}：{trouble.unit}：{'；'.join(trouble.messages)}" for trouble in result.troubles
    ]
    lines += [f"  有空白：{gap.cell}（{'、'.join(gap.units)}）" for gap in result.gaps]
    troubled = bool(result.missing or result.unexpected or result.troubles or result.gaps)
    return RolledUp(SavedReport(report=result.report), tuple(lines), troubled, tuple(unread))


def _names(path: Path) -> tuple[str, ...]:
    try:
        return tuple(line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"名单 {path} 读不出来：{error}", "名单应为 UTF-8 文本，一行一个单位。") from error


def pairs_in(folder: Path, year: int | None = None) -> list[tuple[Path, Path | None]]:
    """Every readable report below a folder with last year's report of the same unit, if it is there too. Files that cannot be read are
    kept, so that the check names them. Raises `ConflictingInput` when two files hold the same unit and year."""
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
    )
    known: dict[tuple[str, int], Path] = {}
    about: dict[Path, tuple[str, int] | None] = {}
    for file in files:
        try:
            report = read(file).report
        except AssistantError:
            about[file] = None
            continue
        key = (report.unit, report.year) if report.unit and report.year else None
        about[file] = key
        if key and key in known:
            raise ConflictingInput(f"{key[0]}的 {key[1]} 年度报告有两份：{known[key]} 和 {file}。", "请只保留一份，再核对。")
        if key:
            known[key] = file
    chosen = [file for file in files if year is None or (about[file] or ("", year))[1] == year]
    return [(file, known.get((key[0], key[1] - 1)) if (key := about[file]) else None) for file in chosen]
