"""A job is done even when the database could not be written in the middle of it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import app
from core import clock
from core.app_context import AppContext, install_context
from core.config import read_config
from core.db.models import Job
from core.transactions import jobs
from core.transactions.transaction import transaction
from documents.declares import JobKind
from documents.ingest import store
from documents.worker.process import WorkerThread
from tests.server.real_server import wait_until


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    """A prepared application context in this process, with one job that is waiting."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    with transaction() as tx:
        tx.enqueue(JobKind.READ_WORDS, version_id="removed meanwhile")
    yield made
    made.database.close()
    install_context(None)


def states(context: AppContext) -> list[tuple[str, int]]:
    with context.database.read() as session:
        rows = session.execute(select(Job.state, Job.attempts))
        return [(state, attempts) for state, attempts in rows]


def test_what_a_full_disk_interrupted_is_taken_up_again(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = jobs.finish
    refused: list[OSError] = []

    def finish_when_possible(*words: Any) -> None:
        if not refused:
            refused.append(OSError("database or disk is full"))
            raise refused[0]
        finish(*words)

    monkeypatch.setattr(jobs, "finish", finish_when_possible)
    stopping = threading.Event()
    worker_thread = WorkerThread([JobKind.READ_WORDS], "worker", stopping, lambda *_: None)
    worker_thread.start()
    try:
        wait_until(lambda: states(context) == [("done", 2)], "the job is done")
    finally:
        stopping.set()
        worker_thread.join()


def test_jobs_of_another_worker_thread_are_left_alone(context: AppContext) -> None:
    assert jobs.claim("worker", [JobKind.READ_WORDS]) is not None
    assert jobs.release_unfinished("worker", [JobKind.INSPECT]) == 0
    assert jobs.release_unfinished("other", [JobKind.READ_WORDS]) == 0
    assert states(context) == [("running", 1)]
    assert jobs.release_unfinished("worker", [JobKind.READ_WORDS]) == 1
    assert states(context) == [("queued", 1)]


def test_a_job_that_fails_again_and_again_is_given_up(context: AppContext) -> None:
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs.claim("worker", [JobKind.READ_WORDS]) is not None
        jobs.release_unfinished("worker", [JobKind.READ_WORDS])
    assert states(context) == [("failed", jobs.MAX_ATTEMPTS)]
    assert not store.any_processing()


def test_a_job_from_before_the_clock_was_set_back_does_not_wait_for_its_time(
    context: AppContext,
) -> None:
    before = clock.set_source(lambda: datetime.now(UTC) - timedelta(days=1))
    try:
        with transaction() as tx:
            tx.enqueue(JobKind.UPSCALE, after=timedelta(hours=1), version_id="later")
        taken = jobs.claim("worker", [JobKind.READ_WORDS, JobKind.UPSCALE])
        assert taken is not None
        assert taken.kind == JobKind.READ_WORDS
        assert jobs.claim("worker", [JobKind.READ_WORDS, JobKind.UPSCALE]) is None
    finally:
        clock.set_source(before)
