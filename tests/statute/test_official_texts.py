"""Tariffs and periods against the official texts."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.statute.fees import tariffs
from assistant.statute.publication import duties
from assistant.statute.terms import terms


def articles(text: str) -> dict[str, str]:
    """Article label → text."""
    parts = re.split(r"^(第[一二三四五六七八九十]+条)\s", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_periods_stand_in_their_articles(shared_data: Path) -> None:
    regulation = articles((shared_data / "official" / "regulation_2019_711.md").read_text(encoding="utf-8"))
    for term in terms().values():
        for reference in term.basis:
            document, _, article = reference.partition(" ")
            if document == "regulation" and article != "第四十二条":
                assert f"{term.days}个工作日" in regulation[article], term.title


def test_publication_days_stand_in_the_texts(shared_data: Path) -> None:
    text = (shared_data / "official" / "guoban_gongkai_banhan_2021_30_format.txt").read_text(encoding="utf-8")
    assert all(f"{duty.month}月{duty.day}日前" in text for duty in duties().values())


def test_tariffs_stand_in_the_measures(shared_data: Path) -> None:
    text = (shared_data / "official" / "guobanhan_2020_109_processing_fee.txt").read_text(encoding="utf-8")
    for tariff in tariffs().values():
        for band in tariff.bands:
            assert f"（含{band.to}{tariff.unit}）" in text
            assert band.rate == 0 or f"{band.rate}元/{tariff.unit}" in text
    assert f"{tariffs()['pages'].then.rate}元/页" in text
    items = tariffs()["items"].then
    assert f"以{items.size}件为一档" in text
    assert f"提高{items.increase}元/件" in text
