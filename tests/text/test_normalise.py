from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.normalise import _UNUSUAL, fold, fold_label, squeeze

ANY = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.text(
    alphabet="３１１９件，（一）① 1．.、“年\u3000\u200b㈠½ⅣA", max_size=40
)


@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("1．属于国家秘密", "1.属于国家秘密"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("１．属于 国家\n秘密", "1.属于国家秘密"),
        ("(一)予以公开", "（一）予以公开"),
        ("㈠予以公开", "（一）予以公开"),
        ("一. 本年新收", "一、本年新收"),
        ('3.危及"三安全一稳定"', "3.危及“三安全一稳定”"),
        ("第二十条第(一)项", "第二十条 第〔一〕项"),
        ("总\u3000计", "总计"),
    ],
)
def test_labels_that_differ_in_style_only_are_one(printed: str, same: str) -> None:
    assert fold_label(printed) == fold_label(same)


@pytest.mark.parametrize(
    ("one", "other"), [("行政诉讼", "行政投诉"), ("结转下年度", "结转下半年度"), ("以获取", "已获取"), ("1.其他", "3.其他")]
)
def test_misspelled_labels_stay_different(one: str, other: str) -> None:
    assert fold_label(one) != fold_label(other)


@given(ANY)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for index in range(len(folded.text)):
        start, end = folded.to_original(index, index + 1)
        assert folded.text[index] in fold(text[start:end]).text


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_label(fold_label(text)) == fold_label(text)
    assert squeeze(squeeze(text)) == squeeze(text)


def test_offsets_lead_back_to_the_original() -> None:
    text = "收到 ３，１１９ 件"
    folded = fold(text)
    place = folded.text.index("3,119")
    start, end = folded.to_original(place, place + 5)
    assert text[start:end] == "３，１１９"
    assert folded.from_original(start) == place


@given(ANY)
def test_a_text_is_folded_as_its_characters_are(text: str) -> None:
    assert fold(text).text == "".join(fold(char).text for char in text)
    assert squeeze(text) == fold(text).text.replace(" ", "")


def test_no_letter_is_passed_over_that_would_be_folded() -> None:
    passed = [chr(code) for code in range(0x3400) if not _UNUSUAL.match(chr(code))] + [chr(code) for code in range(0x4E00, 0xA000)]
    assert all(unicodedata.normalize("NFKC", char) == char and not char.isspace() for char in passed)
    assert _UNUSUAL.match("\uf900")
