"""Drafting and review: times, what a hostile model got through, what single faults were caught."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterator

from assistant.domain.report import Report
from assistant.drafting.draft import draft_report, prepare
from assistant.drafting.gateway import Endpoint, Gateway
from assistant.drafting.model_drafter import ModelDrafter
from assistant.drafting.planning import plan_section
from assistant.drafting.slots import fill
from assistant.review.compare import compare_reports, part_text
from assistant.text.redline import redline
from bench.harness import Measure, Note
from tests.drafting.fakes import FakeModel
from tests.drafting.hostile import GOOD, attacks, reply
from tests.drafting.sample import FACTS, last_report, this_report
from tests.model_server import ModelServer, Say


def suite() -> Iterator[Measure | Note]:
    """The figures of the drafting and review rooms."""
    this, last = this_report(), last_report()
    drafted = draft_report(this, last, FACTS).report
    yield Measure("offline draft of a whole report", lambda: draft_report(this, last, FACTS), target_ms=2000)
    yield Measure("redline of all sections", lambda: _redlines(drafted, last), target_ms=60)
    yield Measure("comparison of two reports", lambda: compare_reports(drafted, last), target_ms=300)
    yield from _hostile(this, last)
    yield _first_token(this, last)


def _redlines(this: Report, last: Report) -> object:
    return [redline(part_text(last, part), part_text(this, part)) for part in ("preamble", "overview", "problems", "other", "signature")]


def _hostile(this: Report, last: Report) -> Iterator[Note]:
    tried: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for attack in attacks():
        tried[attack.kind] += 1
        result = draft_report(this, last, FACTS, drafter=ModelDrafter(FakeModel(attack.reply)), sections=("overview",))
        text = "\n".join(block.text for _, block in result.report.blocks())
        bad = fill(attack.bad, result.facts.by_name).text
        passed[attack.kind] += bool(attack.bad) and (attack.bad in text or bad in text)
    for kind, count in tried.items():
        yield Note(f"hostile model, {kind}", f"{passed[kind]} of {count} in the text", target="0")
    yield Note("hostile model, all replies", f"{sum(passed.values())} of {sum(tried.values())} in the text", target="0 of ≥ 300")


def _first_token(this: Report, last: Report) -> Note:
    """Time to the first piece of text through the drafter against a bare call of the gateway to the same server."""
    material = prepare(this, last, FACTS)
    plan = plan_section("overview", material)
    with ModelServer() as server:
        server.say(Say(reply(GOOD), pause=0.4))
        gateway = Gateway(Endpoint(base_url=server.url, model="m", api_key="k", attempts=1))
        request = ModelDrafter(gateway).preview(plan, material)
        gateway.complete(request)
        bare, drafter = [], []
        for _ in range(5):
            bare.append(_until_text(lambda on_text: gateway.complete(request, on_text=on_text)))
            drafter.append(_until_text(lambda on_text: ModelDrafter(gateway, on_text=on_text).draft(plan, material)))
    extra = statistics.median(drafter) / statistics.median(bare) - 1
    return Note("time to first token, drafter over a bare call", f"{extra:+.1%}", target="≤ 5 %")


def _until_text(call: object) -> float:
    started = time.perf_counter()
    arrived: list[float] = []
    call(lambda _: arrived.append(time.perf_counter() - started))  # type: ignore[operator]
    return arrived[0]
