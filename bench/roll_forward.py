"""Rolling real reports forward: from a year's report and the true tables and facts of the next, what becomes of sentences and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from assistant.checks import CheckContext, run_checks
from assistant.domain.draft import COLOUR_LABELS, Colour, DraftResult
from assistant.domain.report import Report
from assistant.drafting.draft import prepare
from assistant.drafting.grounding import ground_blocks
from assistant.drafting.quantities import quantities_of
from assistant.drafting.slots import SLOT
from assistant.text.dates import find_dates
from bench.harness import Measure, Note
from tests.drafting.test_real_pairs import PAIRS, drafted

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
WRONG = ("G001", "G002", "G003", "G005", "G008", "G011")  # a number that no fact states, or that stands for another


def suite() -> Iterator[Measure | Note]:
    """A row per pair of years and one for all; nothing where the real reports are not at hand."""
    if not (DATA / "reports").is_dir():
        yield Note("roll-forward of real pairs", "没有真实报告，未测")
        return
    colours: Counter[Colour] = Counter()
    counts: Counter[str] = Counter()
    for pair in PAIRS:
        result, last, _, facts = drafted(DATA, pair)
        found = _numbers(result, last, prepare(result.report, last, facts))
        shares = Counter(sentence.colour for sentence in result.sentences)
        yield Note(f"roll-forward {pair[1].split('.')[0]}", f"{_told(shares)}；{_said(found)}")
        colours += shares
        counts += found
    yield Note("roll-forward, all real pairs", f"{_told(colours)}；{_said(counts)}", target="0 wrong, 0 stale")


def _numbers(result: DraftResult, last: Report, material: object) -> Counter[str]:
    """How many numbers were printed, how many of them contradict tables or facts, how many are last year's, how many could not be known."""
    printed = [
        name
        for sentence in result.sentences
        if sentence.text
        for name in sentence.facts
        if result.facts.by_name[name].binding != "constant"
    ]
    wrong = [finding for finding in ground_blocks(result.report.blocks(), material) if finding.code in WRONG]  # type: ignore[arg-type]
    checked = run_checks(CheckContext(report=result.report, previous=last)).findings
    wrong += [finding for finding in checked if finding.code.startswith("N") and finding.severity == "error"]
    years = [
        date
        for part, block in result.report.blocks()
        for date in find_dates(block.text)
        if date.year == last.year and part != "problems" and "《" not in block.text
    ]
    left = [
        quantity
        for sentence in result.sentences
        if sentence.text and sentence.origin == "last_year"
        for quantity in quantities_of(SLOT.sub("", sentence.template))
        if not quantity.fixed and quantity.unit
    ]
    return Counter(printed=len(printed), wrong=len(wrong), stale=len(years) + len(left), missing=len(result.missing))


def _told(shares: Counter[Colour]) -> str:
    total = sum(shares.values())
    return " ".join(f"{COLOUR_LABELS[colour]}{shares[colour] / total:.0%}" for colour in get_args(Colour))


def _said(found: Counter[str]) -> str:
    return f"印出数字 {found['printed']}，错 {found['wrong']}，沿用旧值 {found['stale']}，无从得知 {found['missing']}"
