"""Lists of parts made by chance in several layouts: the whole is found before them, the parts are those that were put in."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.claims import read_prose, total_of, value_of

NAMES = ["工作动态", "通知公告", "政策文件", "人事任免", "财政预算", "行政许可", "招标采购", "民生保障"]
LAYOUTS = [
    "公开信息{whole}条，其中{parts}。",
    "公开信息{whole}条。其中，{parts}。",
    "公开信息{whole}条（{parts}）。",
    "公开信息{whole}条，包括{parts}。",
    "公开信息{whole}条，主要类别：{parts}。",
    "公开信息{whole}条，分别为{parts}；另外开展培训3次。",
    "公开信息{whole}条。按内容分，{parts}。",
    "公开信息{whole}条。在公开的信息中，{parts}。",
]


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, list[int]]:
    values = draw(st.lists(st.integers(1, 9000), min_size=2, max_size=len(NAMES)))
    mark = draw(st.sampled_from(["、", "，", "；"]))
    parts = mark.join(f"{name}{value}条" for name, value in zip(NAMES, values, strict=False))
    return draw(st.sampled_from(LAYOUTS)).format(whole=sum(values), parts=parts), values


@given(lists())
def test_a_list_is_read_with_its_whole_in_every_layout(made: tuple[str, list[int]]) -> None:
    text, values = made
    prose = read_prose(text)
    found: list[Any] = [p for p in prose.lists if value_of(prose.mentions[p.total]) == sum(values)]
    assert [[value_of(prose.mentions[i]) for i in p.parts] for p in found] == [values], text
    assert total_of([prose.mentions[i] for i in found[0].parts]) == sum(values)
