"""A job is done even when the database could not be written in the middle of it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import app
from core.app_context import House, move_in
from core.config import read_config
from core.db import jobs
from core.db.models import Job
from core.db.transaction import transaction
from documents.declares import JobKind
from documents.ingest import store
from documents.worker.process import Lane
from tests.server.real_server import wait_until


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    """A prepared house in this process, with one job that is waiting."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    with transaction() as tx:
        tx.enqueue(JobKind.READ_WORDS, version_id="removed meanwhile")
    yield made
    made.database.close()
    move_in(None)


def states(home: House) -> list[tuple[str, int]]:
    with home.database.read() as session:
        rows = session.execute(select(Job.state, Job.attempts))
        return [(state, attempts) for state, attempts in rows]


def test_what_a_full_disk_interrupted_is_taken_up_again(
    home: House, monkeypatch: pytest.MonkeyPatch
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
    lane = Lane([JobKind.READ_WORDS], "worker", stopping, lambda *_: None)
    lane.start()
    try:
        wait_until(lambda: states(home) == [("done", 2)], "the job is done")
    finally:
        stopping.set()
        lane.join()


def test_jobs_of_another_lane_are_left_alone(home: House) -> None:
    assert jobs.claim("worker", [JobKind.READ_WORDS]) is not None
    assert jobs.release_unfinished("worker", [JobKind.LOOK]) == 0
    assert jobs.release_unfinished("other", [JobKind.READ_WORDS]) == 0
    assert states(home) == [("running", 1)]
    assert jobs.release_unfinished("worker", [JobKind.READ_WORDS]) == 1
    assert states(home) == [("queued", 1)]


def test_a_job_that_fails_again_and_again_is_given_up(home: House) -> None:
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs.claim("worker", [JobKind.READ_WORDS]) is not None
        jobs.release_unfinished("worker", [JobKind.READ_WORDS])
    assert states(home) == [("failed", jobs.MAX_ATTEMPTS)]
    assert not store.any_processing()
