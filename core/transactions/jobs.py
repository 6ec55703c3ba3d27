"""Jobs are rows: written in the verb's own transaction, claimed by the worker with an UPDATE.

There is no second queue store, so a job is never lost and never done for a transaction that was
undone. A job that a dead worker had claimed is claimed again; after three attempts it is `failed`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from core import clock
from core.app_context import current_context
from core.db.models import Job
from core.ids import new_id

MAX_ATTEMPTS = 3


class ClaimedJob(msgspec.Struct, frozen=True):
    """A job that this worker holds. `attempt` counts from 1."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempt: int


def add(
    session: Session, kind: StrEnum, payload: dict[str, object], at: datetime, after: timedelta
) -> str:
    """Add a job's row to an open transaction (through `Tx.enqueue`)."""
    job = Job(
        id=new_id(),
        kind=kind.value,
        payload=msgspec.json.encode(payload),
        run_after=at + after,
        created_at=at,
    )
    session.add(job)
    return job.id


def claim(worker_id: str, kinds: Collection[str]) -> ClaimedJob | None:
    """Take the oldest job of these kinds that is due, or None."""
    database = current_context().database
    at = clock.now()
    due = (
        select(Job)
        .where(Job.state == "queued", Job.kind.in_(kinds), Job.run_after <= at)
        .order_by(Job.run_after, Job.created_at)
        .limit(1)
    )
    with database.read() as session:
        if session.scalar(due) is None:
            return None
    with database.write() as session:
        job = session.scalar(due)
        if job is None:
            return None
        job.state, job.claimed_by, job.claimed_at = "running", worker_id, at
        job.attempts += 1
        taken = ClaimedJob(job.id, job.kind, msgspec.json.decode(job.payload), job.attempts)
        database.commit(session)
    return taken


def finish(job_id: str, error: str | None = None) -> None:
    """Say that a claimed job is done, or has failed for good with `error`."""
    database = current_context().database
    with database.write() as session:
        state = "done" if error is None else "failed"
        session.execute(update(Job).where(Job.id == job_id).values(state=state, error=error))
        database.commit(session)


def release_abandoned(worker_id: str) -> int:
    """Queue again what other workers had claimed: at start, when this is the only worker.

    A job that was tried MAX_ATTEMPTS times is failed instead. Answers how many were queued.
    """
    return _release(Job.claimed_by != worker_id)


def release_unfinished(worker_id: str, kinds: Collection[str]) -> int:
    """Queue again what this worker had claimed and could not even say the end of.

    For whoever does these kinds, when none of them is at hand. Answers as `release_abandoned`.
    """
    return _release(Job.claimed_by == worker_id, Job.kind.in_(kinds))


def _release(*which: ColumnElement[bool]) -> int:
    database = current_context().database
    with database.write() as session:
        held = session.scalars(select(Job).where(Job.state == "running", *which)).all()
        again = 0
        for job in held:
            if job.attempts >= MAX_ATTEMPTS:
                job.state, job.error = "failed", "abandoned"
            else:
                job.state, job.claimed_by = "queued", None
                again += 1
        database.commit(session)
    return again
