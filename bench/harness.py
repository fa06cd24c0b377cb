"""Timing and printing. A measure names what is timed, the target, and the baseline it is compared with in the same run."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """`run` is timed `repeat` times after one warm-up (none where a run is long and starts its own processes); `baseline` the same way.
    `baseline_part` is the share of the work that the baseline does, where all of it would take too long. Times in milliseconds."""

    name: str
    run: Callable[[], object]
    target_ms: float | None = None
    baseline_name: str = ""
    baseline: Callable[[], object] | None = None
    repeat: int = 9
    baseline_repeat: int = 5
    warm_up: bool = True
    baseline_part: float = 1


@dataclass(frozen=True)
class Note:
    """A figure that is no time: recall, found faults, bytes."""

    name: str
    value: str
    target: str = ""


Suite = Callable[..., Iterator[Measure | Note]]


@dataclass(frozen=True)
class Times:
    """Milliseconds: minimum, median and maximum by the clock, and the median of the processor's time, that of ended children included. On
    a machine that others use, too, the clock says what a user waits and the processor what the code costs."""

    low: float
    middle: float
    high: float
    processor: float


def timed(run: Callable[[], object], repeat: int, *, warm_up: bool = True) -> Times:
    """`repeat` runs after one that does not count."""
    if warm_up:
        run()
    clock, processor = [], []
    for _ in range(repeat):
        gc.collect()
        used, start = _processor(), time.perf_counter()
        run()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((_processor() - used) * 1000)
    return Times(min(clock), statistics.median(clock), max(clock), statistics.median(processor))


def _processor() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def line(measure: Measure | Note) -> str:
    """One row of the printed table."""
    if isinstance(measure, Note):
        return f"{measure.name:<46} {measure.value:>24}  {'目标 ' + measure.target if measure.target else ''}".rstrip()
    found = timed(measure.run, measure.repeat, warm_up=measure.warm_up)
    row = f"{measure.name:<46} {found.middle:9.2f} ms ({found.low:.2f}–{found.high:.2f}，处理器 {found.processor:.2f})"
    if measure.target_ms is not None:
        row += f"  目标 {measure.target_ms:g} ms {'达到' if found.middle <= measure.target_ms else '未达到'}"
    if measure.baseline is not None:
        base, share = timed(measure.baseline, measure.baseline_repeat), measure.baseline_part
        row += f"  {measure.baseline_name}{'（按比例）' if share < 1 else ''} {base.middle / share:.2f} ms，"
        row += f"{_ratio(found.middle, base.middle / share)}（按处理器{_ratio(found.processor, base.processor / share)}）"
    return row


def _ratio(ours: float, theirs: float) -> str:
    return f"快 {theirs / ours:.1f} 倍" if theirs >= ours else f"慢 {ours / theirs:.1f} 倍"
