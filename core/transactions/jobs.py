"""Job queue in the database: rows written in the service's transaction, claimed with an UPDATE.

There is no second queue store, so a job is never lost and never runs for a transaction that was
rolled back. A job claimed by a dead worker is queued again; after three attempts it is `failed`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from core import clock
from core.app_context import current_context
from core.db.models import Job
from core.ids import new_id

MAX_ATTEMPTS = 3


class ClaimedJob(msgspec.Struct, frozen=True):
    """A job that this worker has claimed. `attempt` counts from 1."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempt: int


def add_job(
    session: Session, kind: StrEnum, payload: dict[str, object], at: datetime, after: timedelta
) -> str:
    """Insert a job's row in an open transaction (used by `Tx.enqueue`); return its id."""
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
    """Claim the oldest due job of these kinds; None when there is none."""
    database = current_context().database
    at = clock.now()
    due = (
        select(Job)
        .where(Job.state == "queued", Job.kind.in_(kinds), _is_due(at))
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


def _is_due(at: datetime) -> ColumnElement[bool]:
    """Also a job from the future: it was queued before the clock was set back."""
    return or_(Job.run_after <= at, Job.created_at > at)


def finish(job_id: str, error: str | None = None) -> None:
    """Mark a claimed job as done, or as permanently failed with `error`."""
    database = current_context().database
    with database.write() as session:
        state = "done" if error is None else "failed"
        session.execute(update(Job).where(Job.id == job_id).values(state=state, error=error))
        database.commit(session)


def release_abandoned(worker_id: str) -> int:
    """Queue jobs that other workers had claimed; for start-up, when this is the only worker.

    A job with MAX_ATTEMPTS attempts is failed instead. Return the number of queued jobs.
    """
    return _release(Job.claimed_by != worker_id)


def release_unfinished(worker_id: str, kinds: Collection[str]) -> int:
    """Queue jobs that this worker claimed but could not report as finished.

    Call it when no executor of these kinds is running. Return the number of queued jobs.
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
