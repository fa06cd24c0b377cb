"""An invented bureau: last year's report, this year's tables and facts."""

from __future__ import annotations

from decimal import Decimal

from assistant.domain.cell import number_cell
from assistant.domain.facts import GivenFact, GivenFacts
from assistant.domain.report import Block, Report, Section, SectionId
from assistant.forms import load_form

LAST_OVERVIEW = (
    "2024年，我局深入学习贯彻党的二十大和二十届三中全会精神，扎实推进政府信息公开工作。",
    "（一）主动公开。全年主动公开政府信息312条，同比增长8.5%，其中门户网站发布信息208条、微信公众号发布信息104条。制发规范性文件3件。",
    "（二）依申请公开。全年收到政府信息公开申请40件，上年结转2件，办结39件，结转下年度3件。在办结的申请中，予以公开26件，占66.67%；部分公开5件，占12.82%。"
    "因政府信息公开引起行政复议1件，无行政诉讼。",
    "（三）政府信息管理。严格执行三审三校制度，发布前逐条进行保密审查。2024年9月，修订了本局公开指南。",
    "（四）平台建设。做好门户网站维护，访问量达12.6万余次。",
    "（五）监督保障。组织业务培训4次，参训120人次，培训次数同比有所增加。",
)
LAST_PROBLEMS = (
    "存在的主要问题：一是政策解读形式单一；二是部分栏目更新不及时。",
    "2025年，我局将丰富解读形式，加强栏目巡查。",
)
THIS = {
    "t2.normative.issued": 2, "t2.normative.in_force": 9, "t2.licensing.decisions": 410, "t2.penalty.decisions": 21, "t2.coercion.decisions": 0, "t2.fees.amount": 0,
    "t3.new.person": 30, "t3.new.business": 2, "t3.new.total": 32, "t3.carried_in.person": 3, "t3.carried_in.total": 3,
    "t3.granted.person": 20, "t3.granted.business": 2, "t3.granted.total": 22, "t3.partial.person": 6, "t3.partial.total": 6,
    "t3.unavailable.not_held.person": 5, "t3.unavailable.not_held.total": 5, "t3.processed.person": 31, "t3.processed.business": 2, "t3.processed.total": 33,
    "t3.carried_out.person": 2, "t3.carried_out.total": 2,
    "t4.reconsideration.upheld": 1, "t4.reconsideration.total": 1, "t4.direct.pending": 1, "t4.direct.total": 1,
}  # fmt: skip
LAST = {
    "t2.normative.issued": 3, "t2.normative.in_force": 8, "t2.licensing.decisions": 388, "t2.penalty.decisions": 25, "t2.coercion.decisions": 0, "t2.fees.amount": 0,
    "t3.new.person": 40, "t3.new.total": 40, "t3.carried_in.person": 2, "t3.carried_in.total": 2, "t3.granted.person": 26, "t3.granted.total": 26,
    "t3.partial.person": 5, "t3.partial.total": 5, "t3.unavailable.not_held.person": 8, "t3.unavailable.not_held.total": 8,
    "t3.processed.person": 39, "t3.processed.total": 39, "t3.carried_out.person": 3, "t3.carried_out.total": 3,
    "t4.reconsideration.upheld": 1, "t4.reconsideration.total": 1,
}  # fmt: skip
FACTS = GivenFacts(
    facts=(
        GivenFact(name="主动公开政府信息", value=Decimal(290), unit="条"),
        GivenFact(name="门户网站发布信息", value=Decimal(190), unit="条"),
        GivenFact(name="微信公众号发布信息", value=Decimal(100), unit="条"),
        GivenFact(name="访问量", value=Decimal(143210), unit="次"),
        GivenFact(name="业务培训", value=Decimal(3), unit="次", what="组织业务培训次数"),
        GivenFact(name="参训人次", value=Decimal(95), unit="人次", what="参加培训人次"),
        GivenFact(name="信息处理费金额", value=Decimal(0), unit="元"),
    ),
    answers=(
        ("政策解读形式单一", "全年制作图解和问答形式的解读材料，解读形式有所丰富"),
        ("部分栏目更新不及时", "建立了按月巡查制度，未再发现逾期未更新的栏目"),
        ("今年的主要问题", "依申请公开答复的说理还不够充分"),
        ("下一步改进措施", "组织答复文书评查，编写常见情形的说理参考"),
    ),
)


def blocks(part: str, texts: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Block(id=f"{part}.{number}", text=text) for number, text in enumerate(texts, 1))


def report(
    year: int, values: dict[str, int], *, overview: tuple[str, ...] = (), problems: tuple[str, ...] = (), other: tuple[str, ...] = ()
) -> Report:
    form = load_form("2021")
    texts = {SectionId.OVERVIEW: overview, SectionId.PROBLEMS: problems, SectionId.OTHER: other}
    return Report(
        unit="云岭市青禾区样例局",
        year=year,
        edition="2021",
        title=f"云岭市青禾区样例局{year}年政府信息公开工作年度报告",
        cells=tuple(number_cell(cell, values.get(cell, 0)) for cell in form.cell_ids),
        sections=tuple(
            Section(id=part.id, heading=part.printed, blocks=blocks(part.id.value, texts.get(part.id, ()))) for part in form.sections
        ),
    )


def last_report() -> Report:
    made = report(2024, LAST, overview=LAST_OVERVIEW, problems=LAST_PROBLEMS, other=("2024年，我局未收取信息处理费。",))
    return made.replace(
        preamble=blocks(
            "preamble",
            ("根据《中华人民共和国政府信息公开条例》编制本报告。统计期限自2024年1月1日起至2024年12月31日止。联系电话：0000-1234567。",),
        ),
        signature=blocks("signature", ("云岭市青禾区样例局", "2025年1月20日")),
    )


def this_report() -> Report:
    return report(2025, THIS)
