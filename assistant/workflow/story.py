"""The main job from top to bottom: one function per step, told in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.data_files import shipped
from assistant.domain.finding import CheckResult
from assistant.domain.report import Report
from assistant.domain.saved import SavedReport
from assistant.errors import InvalidData, UnreadableFile
from assistant.settings import Settings
from assistant.workflow.checking import check_saved
from assistant.workflow.drafting import draft, draft_lines, retrieve
from assistant.workflow.exporting import findings_page, write_all
from assistant.workflow.filling import fill, fill_lines

Tell = Callable[[str], None]
SAMPLE = shipped("corpus") / "samples" / "qinghe-agri"
SAMPLE_UNIT, SAMPLE_YEAR = "云岭市青禾区农业农村局", 2025


@dataclass
class Made:
    """What the main job made: the report, its findings, the files, and seconds per step."""

    saved: SavedReport
    checked: CheckResult
    files: tuple[Path, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Errors that stand unexplained."""
        return sum(finding.severity == "error" and not finding.explained for finding in self.checked.findings)


def produce(
    unit: str,
    year: int,
    out: Path,
    *,
    register: Path | None,
    previous: Path | None,
    facts: Path | None,
    settings: Settings,
    offline: bool = False,
    tell: Tell = lambda line: None,
) -> Made:
    """Fill, check, retrieve, draft, re-check, export. Files: `<unit>-<year>.docx`, `.html`, `.json` and the page of findings."""
    clock: dict[str, float] = {}
    make_folder(out)
    with _step("填表", clock):
        saved = fill(unit, year, register=register, previous=previous, facts=facts, who=settings.user)
    _told(tell, fill_lines(saved))
    with _step("核对表格", clock):
        tables = check_saved(tables_only(saved), decisions=(), settings=settings, today=None)
    tell(f"勾稽关系已核对 {tables.identities_evaluated} 条，共 {tables.identities_total} 条")
    with _step("检索条文", clock):
        passages = retrieve(("overview", "problems", "other"), settings, as_of=date(year, 12, 31))
    tell(
        "检索到："
        + "、".join(dict.fromkeys(f"《{found.document.title}》{found.passage.label}" for found in sum(passages.values(), ())[:8]))
    )
    with_model = settings.model_configured and not offline
    with _step("起草", clock):
        saved = draft(saved, settings=settings, with_model=with_model, passages=passages)
    _told(tell, draft_lines(saved))
    with _step("核对全文", clock):
        checked = check_saved(saved, decisions=(), settings=settings, today=date.today())
    with _step("导出", clock):
        files = _export(saved, checked, out / f"{unit}-{year}")
    made = Made(saved, checked, files, clock)
    _told(tell, _summary(made))
    return made


def demo(out: Path, *, settings: Settings, offline: bool = False, tell: Tell = lambda line: None) -> Made:
    """The main job on the sample bureau that ships with the project."""
    if not SAMPLE.is_dir():
        raise InvalidData(f"找不到样例 {SAMPLE}。", "请在项目目录中运行：make demo。")
    return produce(
        SAMPLE_UNIT,
        SAMPLE_YEAR,
        out,
        register=SAMPLE / f"register-{SAMPLE_YEAR}.xlsx",
        previous=SAMPLE / f"report-{SAMPLE_YEAR - 1}.docx",
        facts=SAMPLE / f"facts-{SAMPLE_YEAR}.yaml",
        settings=settings,
        offline=offline,
        tell=tell,
    )


def make_folder(path: Path) -> None:
    """The folder for the files, made if new. Raises `UnreadableFile` when it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableFile(f"不能建立文件夹 {path}：{error.strerror}。", "请检查路径和权限，或用 --out 指定另一个文件夹。") from error


def tables_only(saved: SavedReport) -> SavedReport:
    """The report without its text, to check the tables before anything is drafted."""
    bare: Report = saved.report.replace(sections=(), preamble=(), signature=())
    return SavedReport(report=bare, previous=saved.previous)


def _export(saved: SavedReport, checked: CheckResult, stem: Path) -> tuple[Path, ...]:
    from assistant.files.writers import write_atomically
    from assistant.workflow.checking import blockers

    targets = tuple(stem.with_name(f"{stem.name}.{kind}") for kind in ("docx", "html", "json"))
    written = write_all(saved, targets, checked, draft=bool(blockers(checked)), gb9704=True)
    page = stem.with_name(f"{stem.name}-核对结果.html")
    write_atomically(page, findings_page(saved, checked).encode())
    return (*written, page)


def _summary(made: Made) -> Iterator[str]:
    named = {"error": "错误", "warning": "提醒", "info": "提示"}
    counts = {severity: sum(finding.severity == severity for finding in made.checked.findings) for severity in named}
    yield "核对全文：" + "，".join(f"{named[severity]} {count}" for severity, count in counts.items())
    for finding in made.checked.findings:
        yield f"  [{named[finding.severity]}] {finding.code} {finding.message}"
    yield "文件："
    yield from (f"  {path}" for path in made.files)
    yield "用时：" + "，".join(f"{name} {seconds:.2f} 秒" for name, seconds in made.seconds.items())


def _told(tell: Tell, lines: list[str] | Iterator[str]) -> None:
    for line in lines:
        tell(line)


@contextmanager
def _step(name: str, clock: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    clock[name] = time.perf_counter() - start
