from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.claims import read_prose

PIECES = [
    "收到申请3119件",
    "（含上年结转34件，另有103件顺延）",
    "，",
    "。",
    "；",
    "、",
    "其中",
    "自然人71件",
    "占75%",
    "（",
    "）",
    "予以公开",
    "其他处理（含撤回）5件",
    "2023年",
    "\n",
]


def test_words_lead_up_to_a_number_and_brackets_belong_to_it() -> None:
    prose = read_prose("答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复），其他处理（含撤回）341件。")
    first, second, third, last = prose.mentions
    assert (first.left, second.left, second.outer, third.right) == ("答复", "含上年度结转申请", 0, "顺延到下年度答复")
    assert last.left == "其他处理(含撤回)"


def test_a_phrase_without_number_stays_with_the_next() -> None:
    (mention,) = read_prose("全年予以公开、部分公开共42件。").mentions
    assert mention.left == "全年予以公开、部分公开共"


def test_parts_are_found_in_brackets_after_among_and_in_the_next_sentence() -> None:
    def parts(text: str) -> list[tuple[int, list[int]]]:
        prose = read_prose(text)
        return [
            (int(prose.mentions[p.total].numeral.value or 0), [int(prose.mentions[i].numeral.value or 0) for i in p.parts])
            for p in prose.lists
        ]

    assert parts("收到9件（甲4件、乙5件），其中自然人8件、法人1件。") == [(9, [4, 5]), (9, [8, 1])]
    assert parts("对3件申请收取3元。其中，甲1件，收取1元；乙2件，收取2元。") == [(3, [1, 2]), (3, [1, 2])]
    assert parts("公开12条，甲类5条，乙类4条。其他3条。") == [(12, [5, 4, 3])]
    assert parts("培训2场，检查3场，座谈4场。") == []


def test_an_open_list_is_known_by_its_end() -> None:
    (parts,) = read_prose("公开72条，其中重大项目23条、民生保障9条等。").lists
    assert parts.open_ended


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    prose = read_prose(text)
    for mention in prose.mentions:
        assert text[mention.numeral.start : mention.numeral.end] == mention.numeral.raw
        assert mention.sentence.start <= mention.numeral.start < mention.numeral.end <= mention.sentence.end
    for parts in prose.lists:
        assert all(parts.total < part < len(prose.mentions) for part in parts.parts)
