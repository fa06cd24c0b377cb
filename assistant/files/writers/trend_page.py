"""Figures over the years as one HTML page: a small chart for each, drawn as SVG, with every value printed."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from assistant.domain.cell import plain
from assistant.domain.review import TrendLine
from assistant.files.writers.html_parts import page
from assistant.files.writers.xml import escaped

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 320, 150, 34, 26, 30
STYLE = (
    "<style>.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:1rem}.charts figure{margin:0;border:1px solid #ddd;padding:.6rem}"
    ".charts figcaption{font-size:.9rem;line-height:1.5}.charts svg{width:100%;height:auto;font-size:11px}</style>"
)


def trend_html(unit: str, lines: tuple[TrendLine, ...]) -> bytes:
    """The page; one figure after another in printed order."""
    title = f"{unit}历年数据走势"
    charts = "".join(f"<figure><figcaption>{escaped(line.name)}</figcaption>{_chart(line)}</figure>" for line in lines)
    return page(title, f'{STYLE}<h1>{escaped(title)}</h1><div class="charts">{charts}</div>')


def _chart(line: TrendLine) -> str:
    """One figure: a line through its years, broken where a year has no number."""
    step = (WIDTH - 2 * LEFT) / max(len(line.points) - 1, 1)
    values = [value for _, value in line.points if value is not None]
    places = [(year, value, LEFT + number * step, _height(value, values)) for number, (year, value) in enumerate(line.points)]
    strokes = "".join(
        f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="#1f6f5c" stroke-width="2"/>'
        for (_, one, x1, y1), (_, two, x2, y2) in pairwise(places)
        if one is not None and two is not None
    )
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="#1f6f5c"/><text x="{x:.0f}" y="{y - 8:.0f}" text-anchor="middle">{plain(value)}</text>'
        for _, value, x, y in places
        if value is not None
    )
    years = "".join(
        f'<text x="{x:.0f}" y="{HEIGHT - 8}" text-anchor="middle" fill="#666">{year}{"" if value is not None else "（无）"}</text>'
        for year, value, x, _ in places
    )
    said = "，".join(f"{year}年{plain(value) if value is not None else '无数据'}" for year, value in line.points)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escaped(said)}">{strokes}{marks}{years}</svg>'


def _height(value: Decimal | None, values: list[Decimal]) -> float:
    """Where a value stands: from zero at the bottom to the greatest at the top."""
    top = max((*values, Decimal(1)))
    share = float((value or Decimal(0)) / top) if top > 0 else 0.0
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - max(share, 0.0))
