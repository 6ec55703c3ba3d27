"""Tables that every feature uses: rooms and their events, idempotency, audit, jobs."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Timestamp


class Installation(Base):
    """A single row: facts of this installation. `epoch` changes only when data is restored.

    starts: how often web was started in this epoch. clock_accepted: see `core.clock_check`.
    """

    __tablename__ = "installation"
    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Timestamp)
    setup_token_hash: Mapped[str | None] = mapped_column(default=None)
    setup_token_at: Mapped[datetime | None] = mapped_column(default=None)
    starts: Mapped[int] = mapped_column(default=0, server_default="0")
    clock_accepted: Mapped[datetime | None] = mapped_column(Timestamp, default=None)


class Room(Base):
    """A room's durable sequence number. Its id is the id of its meeting."""

    __tablename__ = "room"
    id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)


class RoomEvent(Base):
    """A durable event of a room. `audience`: the roles that may see it, comma separated."""

    __tablename__ = "room_event"
    __table_args__ = (UniqueConstraint("room_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    room_id: Mapped[str]
    seq: Mapped[int]
    type: Mapped[str]
    at: Mapped[datetime] = mapped_column(Timestamp)
    actor: Mapped[str | None]
    audience: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class PersonStream(Base):
    """The durable sequence number of a user stream."""

    __tablename__ = "person_stream"
    user_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)


class PersonEvent(Base):
    """A durable event of a user stream."""

    __tablename__ = "person_event"
    __table_args__ = (UniqueConstraint("user_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    user_id: Mapped[str]
    seq: Mapped[int]
    type: Mapped[str]
    at: Mapped[datetime] = mapped_column(Timestamp)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class IdempotentAnswer(Base):
    """The stored answer to an unsafe request. `scope`: SHA-256 of person, method, path, key.

    thing_id: the annotation or note whose content is in the answer, which is deleted with it.
    """

    __tablename__ = "idempotent_answer"
    __table_args__ = (
        # Partial, so that ballots do not write to it.
        Index(
            "ix_idempotent_answer_thing_id", "thing_id", sqlite_where=text("thing_id IS NOT NULL")
        ),
    )
    scope: Mapped[str] = mapped_column(primary_key=True)
    body_sha256: Mapped[str]
    status: Mapped[int]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Timestamp, index=True)
    thing_id: Mapped[str | None] = mapped_column(default=None)


class AuditEntry(Base):
    """An audit record: of an action, written in its transaction, or of refused requests.

    address: the client's network address, None for what the server does by itself. The entry of a
    refused request has the action `refused.<code>`, and as its thing the account that was tried.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_thing", "thing_kind", "thing_id"),
        Index("ix_audit_entry_actor_id", "actor_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Timestamp, index=True)
    actor_id: Mapped[str | None]
    action: Mapped[str]
    thing_kind: Mapped[str]
    thing_id: Mapped[str]
    facts: Mapped[bytes] = mapped_column(LargeBinary)
    request_id: Mapped[str | None]
    address: Mapped[str | None] = mapped_column(default=None)


class Job(Base):
    """A job for the worker. `state`: queued, running, done, failed."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_run_after", "state", "run_after"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime] = mapped_column(Timestamp)
    created_at: Mapped[datetime] = mapped_column(Timestamp)
    claimed_by: Mapped[str | None] = mapped_column(default=None)
    claimed_at: Mapped[datetime | None] = mapped_column(Timestamp, default=None)
    error: Mapped[str | None] = mapped_column(default=None)
