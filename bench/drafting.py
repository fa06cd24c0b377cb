"""Drafting and review: times, what a hostile model got through, what single faults were caught."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assistant import workflow
from assistant.domain.report import Report
from assistant.domain.saved import SavedReport
from assistant.drafting.draft import draft_report
from assistant.drafting.model_drafter import ModelDrafter
from assistant.drafting.slots import fill
from assistant.review.compare import compare_reports, part_text
from assistant.settings import Settings
from assistant.text.redline import redline
from bench.harness import Measure, Note
from tests.drafting.fakes import FakeModel
from tests.drafting.hostile import GOOD, attacks, reply
from tests.drafting.sample import FACTS, last_report, this_report
from tests.model_server import ModelServer, Say

if TYPE_CHECKING:
    from openai import OpenAI


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


LATENCY = 0.3  # seconds until the server's first token: a fast hosted model, or a small local one
CALLS = 15


def _first_token(this: Report, last: Report) -> Note:
    """Time to the first piece of text: the whole step of the workflow (facts, passages, prompt, log) as the page runs it, against the bare client
    sending the same messages to the same server, in turns."""
    from openai import DefaultHttpxClient, OpenAI

    saved = SavedReport(report=this, previous=last, given=FACTS)
    with TemporaryDirectory() as folder, ModelServer() as server:
        server.say(Say(reply(GOOD), pause=LATENCY))
        settings = Settings(data_dir=Path(folder), base_url=server.url, model="m")
        workflow.make_ready(saved, "overview", settings=settings)
        client = OpenAI(base_url=server.url, api_key="none", max_retries=0, http_client=DefaultHttpxClient(trust_env=False))
        ours, bare = [], []
        for _ in range(CALLS):
            ours.append(_until_text(lambda on_text: workflow.draft(saved, "overview", settings=settings, with_model=True, on_text=on_text)))
            bare.append(_until_text(lambda on_text: _bare(client, server.requests[-1], on_text)))
    extra = statistics.median(ours) / statistics.median(bare) - 1
    return Note("time to first token over a bare call", f"{extra:+.1%} of {statistics.median(bare) * 1000:.0f} ms", target="≤ 5 %")


def _bare(client: OpenAI, asked: dict[str, Any], on_text: Callable[[str], None]) -> None:
    """The same request by the bare client."""
    wanted = {"response_format": asked["response_format"]}
    for chunk in client.chat.completions.create(model="m", messages=asked["messages"], temperature=0.2, stream=True, extra_body=wanted):
        if text := chunk.choices[0].delta.content:
            on_text(text)


def _until_text(call: Callable[[Callable[[str], None]], object]) -> float:
    started = time.perf_counter()
    arrived: list[float] = []
    call(lambda _: arrived.append(time.perf_counter() - started))
    return arrived[0]
