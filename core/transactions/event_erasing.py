"""Erases the content of deleted things from event rows, as a periodic task of the worker.

A deletion clears the thing's own row at once. The events that told of it keep its content until
they are pruned; finding them takes too long for the deleting request, whose COMMIT others share.
Rewritten rows keep stream, number, time and audience, so that clients catch up as before. `data`
of an event row has one writer, this task: rows are read without the write lock.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import select, update

from core.app_context import current_context
from core.db.models import PersonEvent, RoomEvent

ERASE_EVERY = 20.0
"""Seconds between two runs: with the checkpoint of the WAL, content is erased within a minute."""
ROWS_AT_ONCE = 100
BYTES_AT_ONCE = 1_000_000
"""Event rows that are read and rewritten in one transaction: at most so many, and no more once
they have so many bytes. Votes wait for the same write lock."""


class Stream(NamedTuple):
    """A stream of events. kind: the model of its rows. owner: the id of the room or the person."""

    kind: type[RoomEvent] | type[PersonEvent]
    owner: str


class Eraser(Protocol):
    """Rewrites the events of one type."""

    event_type: str

    def rewrite(self, data: bytes) -> tuple[str, bytes] | None:
        """Return the type and the data that replace an event's; None when it stays as it is.

        Idempotent: of a rewritten event it returns None, or the type is another one.
        """

    def is_finished(self) -> bool:
        """Whether no event before those that were seen has anything to erase."""


class _Row(NamedTuple):
    id: int
    seq: int
    data: bytes


def erase_from_events(stream: Stream, eraser: Eraser) -> int:
    """Rewrite the events of a stream, newest first; return the number of rewritten ones.

    Commits each batch: after an interruption the same call does the rest.
    """
    before: int | None = None
    rewritten = 0
    while not eraser.is_finished() and (rows := _read(stream, eraser.event_type, before)):
        changes = {row.id: change for row in rows if (change := eraser.rewrite(row.data))}
        if changes:
            _write(stream.kind, changes)
        rewritten += len(changes)
        before = rows[-1].seq
    return rewritten


def _read(stream: Stream, event_type: str, before: int | None) -> Sequence[_Row]:
    """Return the newest events of a type, of those before a number (None: of all)."""
    kind = stream.kind
    owner = RoomEvent.room_id if kind is RoomEvent else PersonEvent.user_id
    wanted = (
        select(kind.id, kind.seq, kind.data)
        .where(owner == stream.owner, kind.type == event_type)
        .order_by(kind.seq.desc())
        .limit(ROWS_AT_ONCE)
    )
    if before is not None:
        wanted = wanted.where(kind.seq < before)
    rows: list[_Row] = []
    size = 0
    with current_context().database.read() as session:
        for row in session.execute(wanted):
            rows.append(_Row(*row))
            size += len(row.data)
            if size >= BYTES_AT_ONCE:
                break
    return rows


def _write(
    kind: type[RoomEvent] | type[PersonEvent], changes: dict[int, tuple[str, bytes]]
) -> None:
    database = current_context().database
    with database.write() as session:
        session.execute(
            update(kind),
            [
                {"id": row_id, "type": type_, "data": data}
                for row_id, (type_, data) in changes.items()
            ],
        )
        database.commit(session)
