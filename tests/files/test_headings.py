"""Which lines are the heads of the six sections, whatever the heads inside them are called (cases/section_heads.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.domain.report import SectionId
from assistant.files.raw import Paragraph, RawTable
from assistant.files.section_heads import find_headings

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "section_heads.yaml").read_text(encoding="utf-8"))
SECTIONS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况")


@pytest.mark.parametrize(
    "lines", [pytest.param(lines, id=f"{kind}-{number}") for kind, cases in CASES.items() for number, lines in enumerate(cases)]
)
def test_the_heads_of_the_sections_are_told_from_those_inside(lines: list[str]) -> None:
    items = [RawTable((), "") if line == "#" else Paragraph(line.removeprefix("="), "") for line in lines]
    found = find_headings(items)
    assert [items[at].text for at in sorted(found)] == [line[1:] for line in lines if line.startswith("=")]
    assert sorted(found) == [at for at, line in enumerate(lines) if line.startswith("=")]


@pytest.mark.parametrize(
    "head", ["（一）主动公开政府信息情况", "1、主动公开情况", "2.依申请公开", "（二）收到和处理政府信息公开申请情况", "1、基本情况"]
)
def test_a_head_of_a_lower_level_is_no_section(head: str) -> None:
    items = [Paragraph(text, "") for text in (SECTIONS[0], head, "全年公开信息120条。", *SECTIONS[1:], "图解偏少。")]
    found = find_headings(items)
    assert 1 not in found
    assert [found[at] for at in sorted(found)] == [SectionId.OVERVIEW, SectionId.DISCLOSURE, SectionId.APPLICATIONS, SectionId.PROBLEMS]


def test_nothing_is_found_where_nothing_is() -> None:
    assert find_headings([Paragraph("公开信息120条。", ""), RawTable((), "")]) == {}
