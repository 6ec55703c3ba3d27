"""Periodic tasks: a failed run stops nothing, and no task runs beside itself."""

import threading
import time

from structlog.testing import capture_logs

from core.periodic import PeriodicTask, run_periodically


def test_a_failed_run_is_logged_and_the_others_go_on() -> None:
    stopping, ran = threading.Event(), []

    def fail() -> None:
        ran.append("fails")
        raise OSError

    def succeed() -> None:
        ran.append("succeeds")
        if ran.count("fails") >= 3 and ran.count("succeeds") >= 3:
            stopping.set()

    with capture_logs() as logs:
        run_periodically(
            PeriodicTask("it_failed", 0.001, fail),
            PeriodicTask("never", 0.001, succeed),
            stopping=stopping,
        )
    assert len(logs) == ran.count("fails") >= 3
    assert {line["event"] for line in logs} == {"it_failed"}
    assert all(line["exc_info"] for line in logs)


def test_the_interval_is_the_pause_between_two_runs() -> None:
    stopping, pauses, ended = threading.Event(), [], [time.monotonic()]

    def slow() -> None:
        pauses.append(time.monotonic() - ended[-1])
        time.sleep(0.05)
        ended.append(time.monotonic())
        if len(ended) > 3:
            stopping.set()

    run_periodically(PeriodicTask("failed", 0.03, slow), stopping=stopping)
    assert min(pauses) >= 0.03


def test_a_failed_run_is_tried_again_sooner() -> None:
    stopping, runs = threading.Event(), []

    def fail_twice() -> None:
        runs.append(1)
        if len(runs) < 3:
            raise OSError
        stopping.set()

    began = time.monotonic()
    with capture_logs() as logs:
        run_periodically(
            PeriodicTask("failed", 0.2, fail_twice, retry_seconds=0.001), stopping=stopping
        )
    assert len(logs) == 2
    assert time.monotonic() - began >= 0.2


def test_a_stop_does_not_wait_for_the_interval() -> None:
    stopping = threading.Event()
    task = PeriodicTask("failed", 3600.0, lambda: None)
    thread = threading.Thread(target=lambda: run_periodically(task, stopping=stopping))
    thread.start()
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()
