"""Timing and printing. A measure names what is timed, the target, and the baseline it is compared with in the same run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """`run` is timed `repeat` times after one warm-up; `baseline` the same way. Times in milliseconds."""

    name: str
    run: Callable[[], object]
    target_ms: float | None = None
    baseline_name: str = ""
    baseline: Callable[[], object] | None = None
    repeat: int = 9
    baseline_repeat: int = 5


@dataclass(frozen=True)
class Note:
    """A figure that is no time: recall, found faults, bytes."""

    name: str
    value: str
    target: str = ""


Suite = Callable[[], Iterator[Measure | Note]]


def timed(run: Callable[[], object], repeat: int) -> tuple[float, float, float]:
    """Minimum, median and maximum in milliseconds."""
    run()
    samples = []
    for _ in range(repeat):
        gc.collect()
        start = time.perf_counter()
        run()
        samples.append((time.perf_counter() - start) * 1000)
    return min(samples), statistics.median(samples), max(samples)


def line(measure: Measure | Note) -> str:
    """One row of the printed table."""
    if isinstance(measure, Note):
        return f"{measure.name:<46} {measure.value:>24}  {'目标 ' + measure.target if measure.target else ''}"
    low, middle, high = timed(measure.run, measure.repeat)
    row = f"{measure.name:<46} {middle:9.2f} ms ({low:.2f}–{high:.2f})"
    if measure.target_ms is not None:
        row += f"  目标 {measure.target_ms:g} ms {'达到' if middle <= measure.target_ms else '未达到'}"
    if measure.baseline is not None:
        base = timed(measure.baseline, measure.baseline_repeat)[1]
        row += (
            f"  {measure.baseline_name} {base:.2f} ms，其 {base / middle:.1f} 倍快"
            if base >= middle
            else f"  {measure.baseline_name} {base:.2f} ms，慢 {middle / base:.1f} 倍"
        )
    return row
