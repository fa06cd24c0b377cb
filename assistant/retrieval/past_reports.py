"""Past annual reports as corpus documents: one passage per paragraph, named by section."""

from __future__ import annotations

import hashlib

from assistant.domain.passage import CorpusDocument, Passage
from assistant.domain.report import Report
from assistant.errors import InvalidData
from assistant.retrieval.documents import Parsed


def report_document(report: Report) -> Parsed:
    """The narrative of a report as a document of kind `report`. Raises `InvalidData` when unit or year is missing or there is no text."""
    if not report.unit or not report.year:
        raise InvalidData("报告缺少单位名称或者年度，不能收入资料库。", "请先补全单位和年度。")
    identity = f"report-{hashlib.sha256(report.unit.encode()).hexdigest()[:8]}-{report.year}"
    passages: list[Passage] = []
    for section in report.sections:
        for number, block in enumerate((block for block in section.blocks if block.text.strip()), 1):
            label = f"{section.heading}第{number}段"
            passages.append(
                Passage(
                    id=f"{identity}#{block.id}",
                    document=identity,
                    label=label,
                    topic=section.heading,
                    chapter=section.heading,
                    order=len(passages),
                    official=block.text,
                )
            )
    if not passages:
        raise InvalidData("报告里没有文字，不能收入资料库。")
    document = CorpusDocument(
        id=identity, kind="report", title=report.title or f"{report.unit}{report.year}年政府信息公开工作年度报告", issuer=report.unit, form="official",
        source=report.source.file if report.source else "", unit=report.unit, year=report.year, edition=report.edition,
    )  # fmt: skip
    return Parsed(document, tuple(passages))
