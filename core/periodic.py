"""Periodic tasks: functions that one thread runs repeatedly, one at a time."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, eq=False)
class PeriodicTask:
    """A function and the interval between the end of a run and the next run.

    failure_event: log event name when a run raises. retry_seconds: the pause after such a run;
    None: the usual interval.
    """

    failure_event: str
    interval_seconds: float
    run: Callable[[], object]
    retry_seconds: float | None = None


def run_periodically(*tasks: PeriodicTask, stopping: threading.Event | None = None) -> None:
    """Run the tasks in this thread until `stopping` is set (None: until the process ends).

    The first runs come after the first interval. A failed run is logged and does not end the loop.
    """
    stopping = stopping or threading.Event()
    due = {task: time.monotonic() + task.interval_seconds for task in tasks}
    while not stopping.wait(max(0.0, min(due.values()) - time.monotonic())):
        for task in tasks:
            if due[task] <= time.monotonic():
                pause = _run(task)
                due[task] = time.monotonic() + pause


def _run(task: PeriodicTask) -> float:
    """Run a task once; return the pause before its next run."""
    try:
        task.run()
    except Exception:
        log.exception(task.failure_event)
        if task.retry_seconds is not None:
            return task.retry_seconds
    return task.interval_seconds
