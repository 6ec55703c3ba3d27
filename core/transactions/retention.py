"""Retention: deletes expired rows in small transactions."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from core import clock
from core.app_context import current_context
from core.db.models import IdempotentAnswer, Job, PersonEvent, RoomEvent
from core.db.resync_rules import KEPT

ANSWERS_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=30)
AT_ONCE = 2000
"""Rows deleted in one transaction, so that other writers do not wait long for the write lock."""


def delete_expired() -> int:
    """Delete expired rows; return their number.

    Retained: answers to idempotent requests for 7 days, ended jobs for 30, the last KEPT
    events of each stream (a client that missed more takes a snapshot).
    """
    now = clock.now()
    deleted = _delete_batches(IdempotentAnswer.scope, IdempotentAnswer.at < now - ANSWERS_KEPT)
    ended = Job.state.in_(("done", "failed")) & (Job.created_at < now - JOBS_KEPT)
    deleted += _delete_batches(Job.id, ended)
    deleted += _delete_old_events(RoomEvent.id, RoomEvent.room_id, RoomEvent.seq)
    deleted += _delete_old_events(PersonEvent.id, PersonEvent.user_id, PersonEvent.seq)
    return deleted


def _delete_old_events(
    key: InstrumentedAttribute[int],
    owner: InstrumentedAttribute[str],
    seq: InstrumentedAttribute[int],
) -> int:
    with current_context().database.read() as session:
        streams = session.execute(
            select(owner, func.max(seq)).group_by(owner).having(func.count() > KEPT)
        ).all()
    return sum(
        _delete_batches(key, (owner == owner_id) & (seq <= last - KEPT))
        for owner_id, last in streams
    )


def _delete_batches(key: InstrumentedAttribute[Any], unneeded: ColumnElement[bool]) -> int:
    """Delete the rows for which `unneeded` holds, in batches."""
    database, deleted = current_context().database, 0
    table = key.class_
    while True:
        with database.read() as session:
            some = session.scalars(select(key).where(unneeded).limit(AT_ONCE)).all()
        if not some:
            return deleted
        with database.write() as session:
            session.execute(delete(table).where(key.in_(some)))
            database.commit(session)
        deleted += len(some)
