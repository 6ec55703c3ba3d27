"""Periodic tasks: functions that a thread runs again and again, one at a time."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, eq=False)
class PeriodicTask:
    """What runs when so many seconds have gone by since it ended.

    failure_event: what the log says when a run raises. retry_seconds: the pause after such a run;
    None: as after any other.
    """

    failure_event: str
    interval_seconds: float
    run: Callable[[], object]
    retry_seconds: float | None = None


def run_periodically(*tasks: PeriodicTask, stopping: threading.Event | None = None) -> None:
    """Run the tasks in this thread until `stopping` is set (None: for as long as the process).

    The first runs come after the first interval. A failed run is logged and stops nothing.
    """
    stopping = stopping or threading.Event()
    due = {task: time.monotonic() + task.interval_seconds for task in tasks}
    while not stopping.wait(max(0.0, min(due.values()) - time.monotonic())):
        for task in tasks:
            if due[task] <= time.monotonic():
                pause = _run(task)
                due[task] = time.monotonic() + pause


def _run(task: PeriodicTask) -> float:
    """Run a task once; answers the pause before its next run."""
    try:
        task.run()
    except Exception:
        log.exception(task.failure_event)
        if task.retry_seconds is not None:
            return task.retry_seconds
    return task.interval_seconds
