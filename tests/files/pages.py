"""Web pages of reports made from the form itself, for tests that change one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.domain.report import EditionId, GridCell, ReadResult, TableId
from assistant.files.reading import read_report
from assistant.forms import load_form, printed_grid

Change = Callable[[GridCell], str | None]
TABLES: tuple[TableId, ...] = ("t2", "t3", "t4")


def numbered(edition: EditionId) -> dict[str, str]:
    """A different number in every cell."""
    return {cell_id: str(number) for number, cell_id in enumerate(load_form(edition).cell_ids, 1)}


def table(
    edition: EditionId, name: TableId, values: dict[str, str], text: Change = lambda cell: None, drop_rows: Iterable[int] = ()
) -> str:
    """One table as HTML. `text` may replace what a cell prints; `drop_rows` leaves rows without spanning cells out."""
    rows: dict[int, list[str]] = {}
    for cell in printed_grid(edition, name):
        changed = text(cell)
        printed = changed if changed is not None else (values[cell.cell] if cell.cell else cell.text)
        spans = f'rowspan="{cell.row_span}" colspan="{cell.column_span}"'
        rows.setdefault(cell.row, []).append(f"<td {spans}>{printed}</td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for row, cells in rows.items() if row not in set(drop_rows)) + "</table>"


def page(tables: Iterable[str], title: str = "某某市统计局2023年政府信息公开工作年度报告") -> bytes:
    """A whole report."""
    t2, t3, t4 = tables
    return f"""<html><head><title>{title}</title></head><body><h1>{title}</h1><p>本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。</p>
<h2>一、总体情况</h2><p>平稳。</p><h2>二、主动公开政府信息情况</h2>{t2}<h2>三、收到和处理政府信息公开申请情况</h2>{t3}
<h2>四、政府信息公开行政复议、行政诉讼情况</h2>{t4}<h2>五、存在的主要问题及改进情况</h2><p>不足。</p>
<h2>六、其他需要报告的事项</h2><p>无。</p><p>某某市统计局</p><p>2024年1月20日</p></body></html>""".encode()


def report_page(edition: EditionId = "2021", values: dict[str, str] | None = None, text: Change = lambda cell: None) -> bytes:
    """A report with `values` (else a number in every cell) and changed texts."""
    filled = numbered(edition) | (values or {})
    return page(table(edition, name, filled, text) for name in TABLES)


def read_page(content: bytes) -> ReadResult:
    """Read it."""
    return read_report(content, "x.html")
