"""Hypothesis strategies for valid reports: every identity of the form holds and the narrative says what the tables say.

`reports()` draws a report of either edition, `report_pairs()` this year's and last year's (carry-over in all seven columns),
`tables(edition)` the values alone. `wild=True` draws free paragraphs instead of the plain narrative: for round trips, not for checks.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from assistant.domain.cell import Cell, number_cell
from assistant.domain.report import Block, EditionId, Report, Section, SectionId
from assistant.forms import load_form

Values = dict[str, Decimal]

APPLICANTS = ("person", "business", "research", "public_interest", "legal_service", "other")
DISPUTE_GROUPS = ("reconsideration", "direct", "after_reconsideration")
PLACES = ("青山市", "临江市云溪区", "北原省", "明州县", "泽川市高新区", "和平县永安镇")
OFFICES = ("人民政府", "统计局", "财政局", "自然资源和规划局", "市场监督管理局", "住房和城乡建设局")
# Characters of narrative: ordinary Chinese, its punctuation, and what has a meaning in XML, HTML, typst and spreadsheets.
LETTERS = "的一是在了有和主信息公开政府机关单位群众服务平台网站文件解读回应内容栏目数据质量制度落实提升加强完善“”《》（），；：%-—·<>&\"'#$@*_=+[]{}\\/|~^`0123456789ABcd龘𠮷"


def _result_rows(edition: EditionId) -> tuple[str, ...]:
    summed = ("new", "carried_in", "processed", "carried_out")
    return tuple(row.id for row in load_form(edition).t3.rows if row.id not in summed)


@st.composite
def _disclosure(draw: st.DrawFn, edition: EditionId) -> Values:
    """表二: what is issued is in force; amounts in 万元 with up to six decimals; differences may be negative."""
    form = load_form(edition)
    columns = form.columns_by_cell
    values: Values = {}
    for cell in form.t2.cell_ids:
        if columns[cell].decimal:
            values[cell] = Decimal(draw(st.integers(0, 10**9))).scaleb(-draw(st.sampled_from([0, 1, 2, 6])))
        else:
            low = -20 if columns[cell].signed else 0
            values[cell] = Decimal(draw(st.integers(low, 3000)))
    for row in ("rules", "normative"):
        whole, part = ("in_force", "issued") if edition == "2021" else ("total_public", "published")
        values[f"t2.{row}.{whole}"] += values[f"t2.{row}.{part}"]
    return values


@st.composite
def _applications(draw: st.DrawFn, edition: EditionId, carried_in: Values | None) -> Values:
    """表三: sparse results; 新收 follows from the balance. `carried_in` gives last year's carry-out by applicant."""
    rows = _result_rows(edition)
    entries = draw(st.lists(st.tuples(st.sampled_from(rows), st.sampled_from(APPLICANTS), st.integers(1, 400)), max_size=14))
    values = {f"t3.{row.id}.{column.id}": Decimal(0) for row in load_form(edition).t3.rows for column in load_form(edition).t3.columns}
    for row, applicant, count in entries:
        values[f"t3.{row}.{applicant}"] = Decimal(count)
    for applicant in APPLICANTS:
        processed = sum((values[f"t3.{row}.{applicant}"] for row in rows), Decimal(0))
        carried_out = Decimal(draw(st.sampled_from([0, 0, 0, 1, 7])))
        brought = (
            carried_in[applicant] if carried_in else Decimal(min(draw(st.sampled_from([0, 0, 0, 2, 5])), int(processed + carried_out)))
        )
        carried_out += max(Decimal(0), brought - processed - carried_out)
        values |= {
            f"t3.processed.{applicant}": processed,
            f"t3.carried_out.{applicant}": carried_out,
            f"t3.carried_in.{applicant}": brought,
            f"t3.new.{applicant}": processed + carried_out - brought,
        }
    for line in load_form(edition).t3.rows:
        values[f"t3.{line.id}.total"] = sum((values[f"t3.{line.id}.{applicant}"] for applicant in APPLICANTS), Decimal(0))
    return values


@st.composite
def _disputes(draw: st.DrawFn) -> Values:
    values: Values = {}
    for group in DISPUTE_GROUPS:
        parts = {part: Decimal(draw(st.sampled_from([0, 0, 0, 1, 2, 13]))) for part in ("upheld", "corrected", "other", "pending")}
        values |= {f"t4.{group}.{part}": count for part, count in parts.items()}
        values[f"t4.{group}.total"] = sum(parts.values(), Decimal(0))
    return values


@st.composite
def tables(draw: st.DrawFn, edition: EditionId = "2021", carried_in: Values | None = None) -> Values:
    """Values of every cell of the edition in printed order; all identities hold."""
    values = draw(_disclosure(edition)) | draw(_applications(edition, carried_in)) | draw(_disputes())
    return {cell: values[cell] for cell in load_form(edition).cell_ids}


def _plain_narrative(values: Values, year: int) -> dict[SectionId, tuple[str, ...]]:
    new, processed, out = (f"{values[f't3.{row}.total']:f}" for row in ("new", "processed", "carried_out"))
    reconsidered = values["t4.reconsideration.total"]
    litigated = values["t4.direct.total"] + values["t4.after_reconsideration.total"]
    fee = "本年度未收取信息处理费。"
    return {
        SectionId.OVERVIEW: (
            "（一）主动公开。本机关通过门户网站及时公开政策文件及其解读。",
            f"（二）依申请公开。{year}年，本机关新收政府信息公开申请{new}件，办结{processed}件，结转下年度继续办理{out}件。"
            f"发生行政复议{reconsidered:f}件，行政诉讼{litigated:f}件。",
            "（三）政府信息管理。落实公开审查制度，做到先审查后公开。",
            "（四）政府信息公开平台建设。完善门户网站栏目，方便群众查阅。",
            "（五）监督保障。开展业务培训，接受社会监督，未发生责任追究情形。",
        ),
        SectionId.PROBLEMS: ("存在的主要问题：政策解读形式较为单一。", "改进情况：增加图解和问答，提高解读质量。"),
        SectionId.OTHER: (fee,),
    }


def wild_paragraphs() -> st.SearchStrategy[tuple[str, ...]]:
    """Free paragraphs with characters that have a meaning in some file format; never a heading, a label or a signature."""
    text = st.text(LETTERS, min_size=1, max_size=60).map(lambda middle: f"本机关按照要求{middle}办理完毕。")
    return st.lists(text, min_size=1, max_size=3).map(tuple)


def _sections(edition: EditionId, narrative: dict[SectionId, tuple[str, ...]]) -> tuple[Section, ...]:
    return tuple(
        Section(
            id=section.id,
            heading=section.printed,
            blocks=tuple(
                Block(id=f"{section.id}.{number}", text=text) for number, text in enumerate(narrative.get(section.id, ()), start=1)
            ),
        )
        for section in load_form(edition).sections
    )


def _report(edition: EditionId, unit: str, year: int, values: Values, narrative: dict[SectionId, tuple[str, ...]]) -> Report:
    cells: tuple[Cell, ...] = tuple(number_cell(cell, value) for cell, value in values.items())
    opening = f"本报告根据《中华人民共和国政府信息公开条例》要求编制，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    return Report(
        unit=unit,
        year=year,
        edition=edition,
        title=f"{unit}{year}年政府信息公开工作年度报告",
        cells=cells,
        sections=_sections(edition, narrative),
        preamble=(Block(id="preamble.1", text=opening),),
        signature=(Block(id="signature.1", text=unit), Block(id="signature.2", text=f"{year + 1}年1月20日")),
    )


def units() -> st.SearchStrategy[str]:
    """Names of organs."""
    return st.tuples(st.sampled_from(PLACES), st.sampled_from(OFFICES)).map("".join)


def _years(edition: EditionId) -> st.SearchStrategy[int]:
    return st.sampled_from([2019, 2020]) if edition == "2019" else st.integers(2021, 2025)


@st.composite
def reports(draw: st.DrawFn, edition: EditionId | None = None, wild: bool = False) -> Report:
    """A valid report; of either edition unless one is given."""
    chosen: EditionId = edition or draw(st.sampled_from(("2019", "2021")))
    values = draw(tables(chosen))
    year = draw(_years(chosen))
    narrative = _plain_narrative(values, year)
    if wild:
        narrative = {section: draw(wild_paragraphs()) for section in narrative}
    return _report(chosen, draw(units()), year, values, narrative)


@st.composite
def report_pairs(draw: st.DrawFn, edition: EditionId = "2021", last_edition: EditionId = "2021") -> tuple[Report, Report]:
    """This year's and last year's report of one unit with the carry-over equal: both of one edition, or 2021 after 2020."""
    unit = draw(units())
    year = draw(st.integers(2022, 2025)) if last_edition == "2021" else 2020 if edition == "2019" else 2021
    last = draw(tables(last_edition))
    carried = {applicant: last[f"t3.carried_out.{applicant}"] for applicant in APPLICANTS}
    this = draw(tables(edition, carried_in=carried))
    return (
        _report(edition, unit, year, this, _plain_narrative(this, year)),
        _report(last_edition, unit, year - 1, last, _plain_narrative(last, year - 1)),
    )
