"""Work on many files shared among processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
PARALLEL_FROM = 40  # fewer files are done sooner than processes start
_MOST = 8
_CHUNK = 24  # items given to a process at once


def shared(work: Callable[[Item], Result], items: Sequence[Item], jobs: int = 0) -> Iterator[Result]:
    """The results of `work` in the order of the items: here for a few, from `jobs` processes (0: as many as the machine has) for many.
    `work` and its results must be such as can be sent to another process."""
    workers = min(jobs or os.cpu_count() or 1, _MOST)
    if len(items) < PARALLEL_FROM or workers == 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_collect_seldom) as pool:
        yield from pool.map(work, items, chunksize=min(_CHUNK, len(items) // workers))


def _collect_seldom() -> None:
    """Values are frozen and refer to no circle: looking for circles after every few hundred of them finds nothing and takes a twelfth of the time."""
    gc.set_threshold(200_000, 20, 50)
