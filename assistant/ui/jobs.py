"""Work that goes on while the page is redrawn: a thread per job, polled by the page, stoppable, its text kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import AssistantError


@dataclass
class Job:
    """One running or finished piece of work. `text` grows while it runs; `error` is set when it could not be done;
    `announced` is when the page was last asked to show the result (monotonic seconds)."""

    text: str = ""
    done: bool = False
    error: AssistantError | None = None
    announced: float = float("-inf")
    stopping: threading.Event = field(default_factory=threading.Event)

    def add(self, piece: str) -> None:
        """Take over a piece of text as it arrives."""
        self.text += piece

    def stopped(self) -> bool:
        """Whether the user asked to stop."""
        return self.stopping.is_set()


class Jobs:
    """Jobs by name; a name runs at most once at a time."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> Job | None:
        """The newest job of this name."""
        return self._jobs.get(name)

    def start(self, name: str, work: Callable[[Job], None]) -> Job:
        """Run `work` in a thread, unless it runs already. Any failure ends up in `Job.error`; nothing is swallowed."""
        with self._lock:
            running = self._jobs.get(name)
            if running and not running.done:
                return running
            job = self._jobs[name] = Job()
        threading.Thread(target=self._run, args=(job, work), daemon=True).start()
        return job

    @staticmethod
    def at_once(work: Callable[[Job], None]) -> Job:
        """Run `work` here and now; for what takes less time than a redraw of the page."""
        job = Job()
        Jobs._run(job, work)
        return job

    def stop(self, name: str) -> None:
        """Ask a job to stop, if it is there."""
        if job := self.get(name):
            job.stopping.set()

    def forget(self, name: str) -> None:
        """Drop a finished job after its result was shown."""
        self._jobs.pop(name, None)

    @staticmethod
    def _run(job: Job, work: Callable[[Job], None]) -> None:
        try:
            work(job)
        except AssistantError as error:
            job.error = error
        except Exception as error:  # noqa: BLE001 — the thread's edge: shown on the page, not lost in a log
            job.error = AssistantError(f"程序内部出错：{type(error).__name__}: {error}", "已保存的内容都在；请把这条信息告诉维护人员。")
        finally:
            job.done = True
