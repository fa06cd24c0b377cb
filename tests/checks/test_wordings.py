"""Family N on many wordings: sentences that the tables contradict are found, those that they bear out or do not speak of are left alone."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checks.claims.named import names_told
from assistant.checks.claims.wording import expressions, wording
from assistant.checks.context import CheckContext
from assistant.checks.registry import registered
from assistant.domain.finding import Finding
from tests.checks.test_narrative import report

FOLDER = Path(__file__).parent / "cases" / "wordings"
TABLES = yaml.safe_load((FOLDER / "tables.yaml").read_text(encoding="utf-8"))
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.stem != "tables")
UNSAID = {"N134", "N135"}  # a single sentence never speaks of everything
THIS, LAST = TABLES["cells"], TABLES["previous"]
OF = {"": THIS, "_of_nothing": {}, "_unpaid": THIS | TABLES["unpaid"]}


def alarms(cells: dict[str, Any], sentence: str, section: str = "overview") -> list[Finding]:
    """The findings of the family, at error or warning, on one sentence."""
    ctx = CheckContext(report=report(cells, sentence, section=section), previous=report(LAST, "", year=2022))
    found = [f for entry in registered() if entry.codes[0][0] == "N" for outcome in entry.run(ctx) for f in outcome.findings]
    return [finding for finding in found if finding.severity != "info" and finding.code not in UNSAID]


def sentences(kind: str) -> list[Any]:
    """All sentences of one kind, each with the tables it is held against and the section it stands in."""
    return [
        pytest.param(cells, sentence, "other" if path.stem == "fees" else "overview", id=f"{path.stem}-{kind}{tables}-{number}")
        for path in FILES
        for tables, cells in OF.items()
        for number, sentence in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")).get(kind + tables, []))
    ]


@pytest.mark.parametrize(("cells", "sentence", "section"), sentences("wrong"))
def test_what_the_tables_contradict_is_found(cells: dict[str, Any], sentence: str, section: str) -> None:
    assert alarms(cells, sentence, section)


@pytest.mark.parametrize(("cells", "sentence", "section"), sentences("right"))
def test_what_the_tables_bear_out_is_left_alone(cells: dict[str, Any], sentence: str, section: str) -> None:
    assert alarms(cells, sentence, section) == []


MEASURES = {
    "新收政府信息公开申请": 74,
    "办结政府信息公开申请": 75,
    "作出行政许可决定": 1580,
    "作出行政处罚决定": 320,
    "作出行政强制决定": 14,
    "制发行政规范性文件": 8,
    "废止行政规范性文件": 3,
    "政府信息公开行政复议": 9,
    "政府信息公开行政诉讼": 7,
    "对政府信息公开申请予以公开": 30,
    "对政府信息公开申请不予公开": 10,
    "收到信访举报投诉类政府信息公开申请": 2,
}
WAYS = ("{what}{number}件。", "全年{what}共计{number}件。", "2023年，我市{what}{number}件。", "本年度{what}的数量为{number}件。")


def _digits(value: int) -> list[str]:
    """The number in several forms: plain, with comma, in full width, in characters."""
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    characters = {3: "三", 5: "五", 7: "七", 9: "九", 10: "十", 11: "十一", 12: "十二", 14: "十四", 16: "十六", 30: "三十", 32: "三十二"}
    return list(dict.fromkeys([str(value), f"{value:,}", wide, *([characters[value]] if value in characters else [])]))


@pytest.mark.parametrize(("what", "way"), list(product(MEASURES, WAYS)))
def test_each_measure_in_each_way_and_form(what: str, way: str) -> None:
    right = MEASURES[what]
    for number in _digits(right):
        assert alarms(THIS, way.format(what=what, number=number)) == [], number
    for number in _digits(right + 2):
        assert len(alarms(THIS, way.format(what=what, number=number))) == 1, number


ADDED = (("行政许可", "行政处罚", 1900), ("予以公开", "不予公开", 40), ("不予公开", "无法提供", 25), ("不予处理", "其他处理", 8))
TOGETHER = (
    "{one}与{two}合计{number}件。",
    "{one}、{two}两类共计{number}件。",
    "{one}和{two}之和为{number}件。",
    "{one}、{two}总数为{number}件。",
)


@pytest.mark.parametrize(("names", "way"), list(product(ADDED, TOGETHER)))
def test_what_is_named_together_is_added_up(names: tuple[str, str, int], way: str) -> None:
    one, two, right = names
    assert alarms(THIS, way.format(one=one, two=two, number=right)) == []
    assert len(alarms(THIS, way.format(one=one, two=two, number=right + 3))) == 1


DENIED = ("行政处罚决定", "行政强制决定", "政府信息公开行政复议案件", "政府信息公开行政诉讼案件", "结转下年度办理的申请")
DENIALS = ("没有{what}。", "全年无{what}。", "2023年，我局未发生{what}。", "{what}为零。")


@pytest.mark.parametrize(("what", "way"), list(product(DENIED, DENIALS)))
def test_each_denial_holds_only_where_the_cell_is_zero(what: str, way: str) -> None:
    assert len(alarms(THIS, way.format(what=what))) == 1
    assert alarms({}, way.format(what=what)) == []


WAYS_UP, WAYS_DOWN = ("较上年有所增加", "同比上升", "呈上升趋势", "继续攀升"), ("较上年有所减少", "同比下降", "呈下降趋势", "持续回落")


@pytest.mark.parametrize(("what", "risen"), [("新收政府信息公开申请", True), ("政府信息公开行政复议案件", False), ("行政处罚决定", True)])
def test_each_trend_named_or_behind_a_number(what: str, risen: bool) -> None:
    number = {"新收政府信息公开申请": 74, "政府信息公开行政复议案件": 9, "行政处罚决定": 320}[what]
    for up, down in zip(WAYS_UP, WAYS_DOWN, strict=True):
        right, wrong = (up, down) if risen else (down, up)
        for sentence in (f"{what}数量{{}}。", f"{what}{number}件，{{}}。", f"{what}{number}件，数量{{}}。"):
            assert alarms(THIS, sentence.format(right)) == [], right
            assert len(alarms(THIS, sentence.format(wrong))) == 1, wrong


def test_every_expression_of_the_file_can_be_compiled() -> None:
    for name in expressions():
        assert wording(name).pattern


def test_a_name_that_holds_a_joint_of_its_own_is_one_name() -> None:
    assert [one.measure.id for one in names_told("法人和其他组织", 2023)] == ["organisations"]
    assert [one.measure.id for one in names_told("自然人、法人和其他组织", 2023)] == ["persons", "organisations"]
    assert names_told("政务服务事项与行政许可事项", 2023) == ()
