"""One number of a narrative changed: how many such changes the rules for numbers (N) and the check of sources (G) show to the user, and how many
correct rewordings they blame. Narratives are rolled forward for the sample bureau's years and, where they are at hand, for real pairs of years."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.domain.saved import SavedReport
from assistant.drafting.draft import draft_report
from assistant.drafting.quantities import quantities_of
from assistant.files.reading import read_report
from assistant.settings import Settings, load_settings
from assistant.workflow.checking import check_saved
from assistant.workflow.editing import part_text, set_text
from assistant.workflow.filling import fill
from bench.harness import Note
from bench.sample import sample_report
from tests.drafting.test_real_pairs import PAIRS, drafted, true_facts
from tests.sample import FACTS, PREVIOUS, REGISTER, UNIT, YEAR

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
PARTS = ("overview", "problems", "other")
KINDS = ("text_table_mismatch", "percentage_wrong", "parts_sum", "clean")
SHOWN = ("error", "warning")
_DIGITS = re.compile(r"[0-9]+")
_REWORDINGS = (
    (re.compile(r"(?<=[0-9])(?=[件条次篇个份期场人万])"), " "),
    (re.compile(r"其中(?=[\u4e00-\u9fff])"), "其中，"),
    (re.compile(r"全年(?=共|新|收|受|主|发)"), "本年度"),
    (re.compile(r"(?<=[0-9])(?=[0-9]{3}[件条次篇个])"), ","),
    (re.compile(r"收到(?=政府信息公开申请)"), "收到公众提交的"),
    (re.compile(r"办结(?=[0-9])"), "办结申请"),
    (re.compile(r"(?<=，)同比"), "较上年"),
)


def suite() -> Iterator[Note]:
    """A row for each source of narratives and one for all."""
    with TemporaryDirectory() as folder:
        settings = load_settings(Path(folder))
        counts: Counter[str] = Counter()
        for name, saved in _narratives():
            found = _tried(saved, settings)
            counts += found
            yield Note(f"numbers changed, {name}", _caught(found))
            yield Note(f"reworded rightly, {name}", _blamed(found))
        for name, found in _real(settings):
            counts += found
            yield Note(f"numbers changed, {name}", _caught(found))
            yield Note(f"reworded rightly, {name}", _blamed(found))
        yield Note("numbers changed, all", _caught(counts), target="≥ 99 % of ≥ 500")
        yield Note("reworded rightly, all", _blamed(counts), target="≤ 1 %")


def _caught(found: Counter[str]) -> str:
    return f"{found['caught']} of {found['faults']} shown ({found['caught'] / max(found['faults'], 1):.1%})"


def _blamed(found: Counter[str]) -> str:
    return f"{found['blamed']} of {found['clean']} blamed ({found['blamed'] / max(found['clean'], 1):.1%})"


def _narratives() -> Iterator[tuple[str, SavedReport]]:
    filled = fill(UNIT, YEAR, register=REGISTER, previous=PREVIOUS, facts=FACTS)
    result = draft_report(filled.report, filled.previous, filled.given)
    yield (
        f"sample {YEAR}",
        SavedReport.model_validate({**dict(filled), "report": result.report, "sentences": result.sentences, "facts": result.facts}),
    )
    for year in (2023, 2024):
        this, last = sample_report(year), sample_report(year - 1)
        given = true_facts(this)
        result = draft_report(this.replace(sections=(), preamble=(), signature=(), title=""), last, given)
        yield (
            f"sample {year}",
            SavedReport(report=result.report, previous=last, given=given, facts=result.facts, sentences=result.sentences),
        )
    for pair in PAIRS if (DATA / "reports").is_dir() else ():
        result, last, _, given = drafted(DATA, pair)
        yield (
            pair[1].split(".")[0],
            SavedReport(report=result.report, previous=last, given=given, facts=result.facts, sentences=result.sentences),
        )


def _tried(saved: SavedReport, settings: Settings) -> Counter[str]:
    """Every number of the narrative changed in each way, one at a time, and the narrative reworded in each way."""
    found: Counter[str] = Counter()
    before = _shown(saved, settings)
    for part in PARTS:
        text = part_text(saved.report, part)
        for wrong in _changed(text):
            found["faults"] += 1
            found["caught"] += bool(_shown(set_text(saved, part, wrong), settings) - before)
        for expression, words in _REWORDINGS:
            for match in expression.finditer(text):
                found["clean"] += 1
                right = text[: match.start()] + words + text[match.end() :]
                found["blamed"] += len(_shown(set_text(saved, part, right), settings)) > len(before)
    return found


def _changed(text: str) -> Iterator[str]:
    """The text with one printed number wrong: one more, two figures swapped, a figure lost or doubled."""
    for quantity in quantities_of(text):
        match = _DIGITS.search(text, quantity.number_start, quantity.end)
        if quantity.fixed or not quantity.unit or match is None:
            continue
        digits = match.group()
        swapped = digits[:-2] + digits[:-3:-1] if len(digits) > 1 else digits
        for wrong in dict.fromkeys((str(int(digits) + 1), swapped, digits[:-1], digits + digits[-1])):
            if wrong and int(wrong) != int(digits):
                yield text[: match.start()] + wrong + text[match.end() :]


def _shown(saved: SavedReport, settings: Settings) -> frozenset[str]:
    """What the user is shown about numbers."""
    findings = check_saved(saved, decisions=(), settings=settings, today=None).findings
    return frozenset(
        f"{finding.code} {finding.message} {finding.span.text if finding.span else ''}"
        for finding in findings
        if finding.code[0] in "NG" and finding.severity in SHOWN
    )


def _real(settings: Settings) -> Iterator[tuple[str, Counter[str]]]:
    """The real reports, read from their files with one number of the text changed, and rewordings of them."""
    folder = DATA / "mutations"
    if not folder.is_dir():
        return
    found: Counter[str] = Counter()
    known: dict[str, frozenset[str]] = {}
    for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["fault_kind"] not in KINDS:
            continue
        previous = read_report(folder / case["previous"]).report if case["previous"] else None
        for name in (case["base_file"], case["file"]):
            if name not in known:
                known[name] = _shown(SavedReport(report=read_report(folder / name).report, previous=previous), settings)
        new = bool(known[case["file"]] - known[case["base_file"]])
        clean = case["fault_kind"] == "clean"
        found["clean" if clean else "faults"] += 1
        found["blamed" if clean else "caught"] += new
    yield "real reports as read", found
