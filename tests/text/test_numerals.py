from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import numeral_patterns as patterns
from assistant.text.chinese import parse_chinese
from assistant.text.numerals import all_numerals, lex, quantities

PIECES = [
    "3,119",
    "３１１９",
    "3 119",
    "一百二十八",
    "12.5万",
    "占75%",
    "三成",
    "翻一番",
    "近",
    "约",
    "余",
    "件",
    "（一）",
    "2024年1月1日",
    "第二十条",
    "〔2021〕30号",
    "，",
    "。",
    " ",
    "统一",
    "第一时间",
    "12345热线",
    "①",
    "½",
]
PROSE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("收到申请3,119件", 3119, "件"),
        ("收到申请３１１９件", 3119, "件"),
        ("收到申请3119 件", 3119, "件"),
        ("收到申请3 119件", 3119, "件"),
        ("作出决定1，808，595件", 1808595, "件"),
        ("收到申请一百二十八件", 128, "件"),
        ("办结申请三千零五件", 3005, "件"),
        ("廿三件", 23, "件"),
        ("卅件", 30, "件"),
        ("两件", 2, "件"),
        ("罚款壹佰贰拾叁元", 123, "元"),
        ("阅读12.5万人次", 125000, "人次"),
        ("收费1.2亿元", 120000000, "元"),
        ("收费59237.24万元", 592372400, "元"),
        ("占75%", 75, "%"),
        ("占百分之五十", 50, "%"),
        ("占百分之十二点五", Decimal("12.5"), "%"),
        ("占三成", 30, "%"),
        ("占七成五", 75, "%"),
        ("一半以上", 50, "%"),
        ("数量翻一番", 2, "番"),
        ("数量翻两番", 4, "番"),
        ("是上年的两倍", 2, "倍"),
        ("提高1.2个百分点", Decimal("1.2"), "个百分点"),
    ],
)
def test_every_form_is_read(text: str, value: int | Decimal, unit: str) -> None:
    (numeral,) = quantities(text)
    assert (numeral.value, numeral.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "approx"),
    [
        ("约35件", 35, "about"), ("35件左右", 35, "about"), ("近百件", 100, "under"), ("不足10件", 10, "under"), ("30多件", 30, "over"), ("二十余件", 20, "over"),
        ("18万余条", 180000, "over"), ("200余场次", 200, "over"), ("超过100件", 100, "over"), ("50件以上", 50, "over"), ("十几件", 10, "over"), ("数百件", None, "vague"),
        ("七八件", None, "vague"), ("预约3次", 3, ""), ("附近3家", 3, ""),
    ],
)  # fmt: skip
def test_rough_numbers_say_in_which_direction(text: str, value: int | None, approx: str) -> None:
    (numeral,) = quantities(text)
    assert (numeral.value, numeral.approx) == (None if value is None else Decimal(value), approx)


def test_a_range_has_two_ends() -> None:
    (numeral,) = quantities("需要3—5件")
    assert (numeral.kind, numeral.value, numeral.high) == ("range", 3, 5)


def test_the_last_printed_place_is_kept() -> None:
    (numeral,) = quantities("约0.59亿元")
    assert numeral.step == 1_000_000
    assert quantities("3520余件")[0].round_place == 10


@pytest.mark.parametrize(
    "text",
    [
        "国办公开办函〔2021〕30号", "国务院令第711号", "第二十条第（一）项", "第十四条至第十六条", "（一）主动公开", "一是加强", "1.加强", "第一时间", "一站式", "党的十九大", "二十届三中全会",
        "“三安全一稳定”", "“十四五”规划", "12345热线", "三审三校", "一网通办", "双随机、一公开", "四个季度", "进一步统一", "第三方评估", "电话：0571-83605210", "邮编：223001",
        "hazwgkc@163.com", "http://www.example.gov.cn/2024/1", "13812345678", "上午9时", "2024年1月1日", "二〇三五年", "2021—2035年", "H5", "1+X", "7号楼14层", "第6期", "四川",
        "万众一心", "千方百计", "三类内部事务信息", "人人参与、处处留心，件件有着落、事事有回音",
    ],
)  # fmt: skip
def test_what_is_no_quantity(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一认识",
        "第一时间公开",
        "（一）主动公开",
        "一是加强；二是规范",
        "1.主动公开",
        "严格三审三校",
        "双随机、一公开",
        "贯彻党的二十大精神",
        "两级政府",
        "万众一心",
        "一体化平台",
        "四个季度",
        "第三方机构",
    ],
)
def test_harmless_text_carries_no_number(text: str) -> None:
    assert all_numerals(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "三件",
        "一百二十八",
        "申请数为一。",
        "翻番式增长翻两番",
        "过半",
        "近百",
        "三成",
        "数百件",
        "几件",
        "百分之五",
        "两倍",
        "2024年",
        "第6期",
        "〔2021〕30号",
        "“75”",
        "二十余",
        "九十件",
        "十几件",
        "壹佰",
        "廿三",
        "3/4",
        "七八件",
        "成倍增长",
        "一半",
        "３",
        "⑨件",
        "十分之一",
        "上百件",
    ],
)
def test_nothing_that_carries_a_number_slips_through(text: str) -> None:
    assert all_numerals(text)


@given(PROSE)
def test_offsets_are_exact_and_never_overlap(text: str) -> None:
    last = 0
    for numeral in lex(text):
        assert text[numeral.start : numeral.end] == numeral.raw
        assert last <= numeral.start < numeral.end
        assert numeral.start < numeral.number_end <= numeral.end
        last = numeral.end


DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """`number` below 10**8 in Chinese."""
    high, low = divmod(number, 10_000)
    if high:
        return spell(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + spell(low))
    out, gap = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + word
            gap = False
        else:
            gap = True
    return out or "零"


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_chinese_number_is_understood(number: int) -> None:
    assert parse_chinese(spell(number)) == number
    (numeral,) = quantities(f"共{spell(number)}件。")
    assert numeral.value == number


@given(st.integers(min_value=0, max_value=10**9))
def test_every_grouped_number_is_understood(number: int) -> None:
    for printed in (f"{number:,}", f"{number:,}".replace(",", "，"), str(number)):
        (numeral,) = quantities(f"共{printed}件。")
        assert numeral.value == number


@pytest.mark.parametrize("text", ["十百", "百千", "", "件", "三五", "一二千", "点五"])
def test_what_is_no_chinese_number(text: str) -> None:
    assert parse_chinese(text) is None


def test_a_number_after_a_word_that_ends_in_one_is_read() -> None:
    (numeral,) = quantities("统一三个平台")
    assert (numeral.raw, numeral.value) == ("三个", 3)


@pytest.mark.parametrize("text", ["一" * 9000, "1" * 9000, "3," * 5000, "0." + "3" * 60 + "%"])
def test_endless_digits_are_no_value_and_no_trouble(text: str) -> None:
    assert all(numeral.value is None or abs(numeral.value) < 10**24 for numeral in lex(text))


LOOKED_FOR = st.text(alphabet="大约概为有占将近接超过逾突破不少于低至达到足最多“”《》〈〉‘’「」 1三件", max_size=12)


@given(LOOKED_FOR)
def test_characters_looked_for_first_hide_no_match(text: str) -> None:
    if patterns.APPROX_BEFORE.search(text):
        assert text.rstrip(" ")[-1] in patterns.APPROX_ENDS
    if patterns.QUOTED.search(text):
        assert not patterns.QUOTES.isdisjoint(text)


@given(st.text(alphabet="½⑫①１２三百余件，、年月第条号 %％“”", max_size=16))
def test_no_numeral_overlaps_another_whatever_one_character_becomes(text: str) -> None:
    found = lex(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(text[numeral.start : numeral.end] == numeral.raw for numeral in found)
