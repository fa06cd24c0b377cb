"""Page, fonts and sizes of a Word file: the plain look of the official template and the paper look of GB/T 9704-2012.

Lengths are twentieths of a point (dxa), sizes half-points, as Word counts them. Every style names its East Asian font explicitly: theme
fonts would override it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Face:
    """A paragraph style: fonts, half-point size, weight, alignment, first line indent in hundredths of a character, space before and
    after, `spacing` between characters."""

    east_asia: str
    ascii: str
    size: int
    bold: bool = False
    align: str = "both"
    indent: int = 0
    before: int = 0
    after: int = 0
    keep_next: bool = False
    outline: int | None = None
    spacing: int = 0


@dataclass(frozen=True)
class Look:
    """A page layout. `line` is the line pitch of text and `rule` how Word keeps it; `grid` the document grid element; `table_size` the
    half-point size of 表三."""

    margins: tuple[int, int, int, int]  # top, right, bottom, left
    header: int
    footer: int
    line: int
    rule: str
    grid: str
    table_width: int
    table_size: int
    page_numbers: bool
    faces: dict[str, Face]


_TIMES = "Times New Roman"
_SONG = "宋体"

PLAIN = Look(
    margins=(1440, 1083, 1440, 1083),
    header=851,
    footer=992,
    line=440,
    rule="atLeast",
    grid='<w:docGrid w:type="lines" w:linePitch="312"/>',
    table_width=9740,
    table_size=20,
    page_numbers=False,
    faces={
        "Title": Face(_SONG, _SONG, 36, bold=True, align="center", before=240, after=240, keep_next=True),
        "Heading1": Face(_SONG, _SONG, 28, bold=True, indent=200, before=240, after=120, keep_next=True, outline=0),
        "Heading2": Face(_SONG, _SONG, 24, bold=True, indent=200, keep_next=True, outline=1),
        "Heading3": Face(_SONG, _SONG, 24, indent=200, keep_next=True, outline=2),
        "BodyText": Face(_SONG, _SONG, 24, indent=200),
        "Signature": Face(_SONG, _SONG, 24, align="right"),
        "Lead": Face(_SONG, _SONG, 24, bold=True),
    },
)

# GB/T 9704-2012: A4, text area 156 mm × 225 mm, 22 lines of 28 characters, body 三号 (16 pt) 仿宋, title 二号 (22 pt) 小标宋.
# 28 characters of 16 pt are wider than 156 mm: they stand a quarter point closer (a character grid would do the same in Word alone).
GB9704 = Look(
    margins=(2098, 1474, 1984, 1588),
    header=851,
    footer=1225,
    line=579,
    rule="exact",
    grid='<w:docGrid w:type="lines" w:linePitch="579"/>',
    table_width=8844,
    table_size=18,
    page_numbers=True,
    faces={
        "Title": Face("方正小标宋简体", _TIMES, 44, align="center", after=579, keep_next=True),
        "Heading1": Face("黑体", _TIMES, 32, indent=200, keep_next=True, outline=0, spacing=-5),
        "Heading2": Face("楷体", _TIMES, 32, indent=200, keep_next=True, outline=1, spacing=-5),
        "Heading3": Face("仿宋", _TIMES, 32, indent=200, keep_next=True, outline=2, spacing=-5),
        "BodyText": Face("仿宋", _TIMES, 32, indent=200, spacing=-5),
        "Signature": Face("仿宋", _TIMES, 32, align="right", spacing=-5),
        "Lead": Face("楷体", _TIMES, 32, spacing=-5),
    },
)

# Display names under which the same face may be installed; Word falls back to them.
ALTERNATIVES = {"仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "方正小标宋简体": "FZXiaoBiaoSong-B05S", "黑体": "SimHei", "宋体": "SimSun"}
