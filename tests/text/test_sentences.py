from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sentences import split_sentences


def cut(text: str, semicolons: bool = False) -> list[str]:
    return [sentence.text for sentence in split_sentences(text, semicolons)]


def test_a_decimal_point_and_a_bracket_do_not_end_a_sentence() -> None:
    assert cut("同比增长3.5%（见附表。注一）。做到“应公开。尽公开”。完") == [
        "同比增长3.5%（见附表。注一）。",
        "做到“应公开。尽公开”。",
        "完",
    ]


def test_an_unclosed_bracket_does_not_swallow_the_rest() -> None:
    assert cut("收到（含结转。办结3件。") == ["收到（含结转。", "办结3件。"]


def test_semicolons_are_optional() -> None:
    assert len(cut("一是加强；二是规范。")) == 1
    assert len(cut("一是加强；二是规范。", True)) == 2


@given(st.text(alphabet="甲乙。；！（）“”1.\n ", max_size=40), st.booleans())
def test_nothing_is_lost(text: str, semicolons: bool) -> None:
    sentences = split_sentences(text, semicolons)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert "".join("".join(s.text for s in sentences).split()) == "".join(text.split())
