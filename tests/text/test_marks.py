"""The numbers that lines begin with."""

from __future__ import annotations

import pytest

from assistant.text.marks import mark_of


@pytest.mark.parametrize(
    ("line", "level", "number", "words"),
    [
        ("一、总体情况", "chinese", 1, "总体情况"),
        ("十二. 附则", "chinese", 12, "附则"),
        ("二十、附则", "chinese", 20, "附则"),
        ("二 总体情况", "chinese", 2, "总体情况"),
        ("（三）监督保障", "bracketed", 3, "监督保障"),
        ("(十)其他", "bracketed", 10, "其他"),
        ("1.主动公开", "digit", 1, "主动公开"),
        ("2 主动公开", "digit", 2, "主动公开"),
        ("（4）平台", "bracketed digit", 4, "平台"),
        ("第五部分 问题", "part", 5, "问题"),
        ("2023年总体情况", "none", 0, "2023年总体情况"),
        ("1.08%的增长", "none", 0, "1.08%的增长"),
        ("三年来的情况", "none", 0, "三年来的情况"),
    ],
)
def test_a_number_is_told_by_how_it_is_written(line: str, level: str, number: int, words: str) -> None:
    mark = mark_of(line)
    assert (mark.level, mark.number, line[mark.end :]) == (level, number, words)
