"""Heads inside the overview are no sections, whatever they are called."""

from __future__ import annotations

import pytest

from assistant.domain.report import SectionId
from assistant.files.raw import Paragraph, RawTable
from assistant.files.sections import find_headings

SECTIONS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况")


@pytest.mark.parametrize("head", ["（一）主动公开政府信息情况", "1、主动公开情况", "2.依申请公开", "（二）收到和处理政府信息公开申请情况", "1、基本情况"])
def test_a_head_of_a_lower_level_is_no_section(head: str) -> None:
    items = [Paragraph(text, "") for text in (SECTIONS[0], head, "全年公开信息120条。", *SECTIONS[1:], "图解偏少。")]
    found = find_headings(items)
    assert 1 not in found
    assert [found[at] for at in sorted(found)] == [SectionId.OVERVIEW, SectionId.DISCLOSURE, SectionId.APPLICATIONS, SectionId.PROBLEMS]


def test_the_head_before_the_table_is_a_section_however_it_is_numbered() -> None:
    items = [
        Paragraph("一、总体情况", ""),
        Paragraph("全年公开信息120条。", ""),
        Paragraph("（二）主动公开政府信息情况", ""),
        RawTable((), ""),
        *(Paragraph(text, "") for text in (*SECTIONS[2:], "六、其他需要报告的事项", "无。")),
    ]
    assert find_headings(items)[2] is SectionId.DISCLOSURE


def test_sections_numbered_otherwise_throughout_are_kept() -> None:
    items = [Paragraph(text, "") for text in ("1.总体情况", "全年公开信息120条。", "2.主动公开政府信息情况", "公开信息。")]
    assert sorted(find_headings(items)) == [0, 2]
