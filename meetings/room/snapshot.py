"""Snapshots: all data that a client shows of a room, with its seq, read in one transaction."""

from datetime import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.models import PersonEvent, RoomEvent
from core.db.resync_rules import may_catch_up
from core.db.room_events import audience_of, hidden_packet, person_packet, room_packet
from meetings.meeting.queries import MeetingView, meeting_view_type, server_time
from meetings.meeting.shared_views import shared_view
from meetings.room.join_context import JoinContext
from meetings.shared.feature import features
from meetings.shared.view_parts import RoomReader, composed, composed_type


class Me(msgspec.Struct, frozen=True):
    """The reader in this room."""

    user_id: str
    role: str
    entitled_to_vote: bool


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A room as shown to one person at `seq`. The server of the room adds `live`."""

    epoch: str
    seq: int
    mine_seq: int
    me: Me
    meeting: MeetingView
    live: dict[str, Any] | None = None
    server_time: datetime


class CatchUp(msgspec.Struct, frozen=True, kw_only=True):
    """The events that a client missed, of the room and of the user stream, in order."""

    epoch: str
    seq: int
    mine_seq: int
    events: list[dict[str, Any]]
    mine: list[dict[str, Any]]


def snapshot_type() -> type[Snapshot]:
    """The type of the snapshot with the fields of the registered features."""
    nested = ((MeetingView, meeting_view_type()),)
    return composed_type(Snapshot, features().snapshot_parts, nested)


def catch_up_type() -> type[CatchUp]:
    """The type of missed events with the fields of the registered features."""
    return composed_type(CatchUp, features().catch_up_parts)


def snapshot(session: Session, actor: Actor, context: JoinContext) -> Snapshot:
    """A fresh snapshot. context: the actor's, from the same session."""
    meeting_id = context.meeting_id
    return composed(
        snapshot_type(),
        features().snapshot_parts,
        _reader(session, actor, context),
        epoch=current_context().epoch,
        seq=context.seq,
        mine_seq=context.mine_seq,
        me=Me(actor.user_id, context.role.value, context.entitled_to_vote),
        # Encoded once for all with the same roles.
        meeting=cast(
            "MeetingView",
            shared_view(session, actor, meeting_id, context.roles, context.seq).encoded,
        ),
        server_time=server_time(),
    )


def catch_up(
    session: Session,
    actor: Actor,
    context: JoinContext,
    epoch: str | None,
    seq: int | None,
    mine_seq: int | None,
) -> CatchUp | None:
    """The events after the given ones that the actor may see; None: a snapshot is needed.

    context: the actor's, from the same session. mine_seq None: the user stream is not requested.
    After a change of the actor's membership a snapshot is needed, because earlier events were
    sent for another role.
    """
    meeting_id, now, mine_now = context.meeting_id, context.seq, context.mine_seq
    app_context = current_context()
    if seq is None or not may_catch_up(app_context.epoch, now, epoch, seq):
        return None
    if mine_seq is not None and not may_catch_up(app_context.epoch, mine_now, epoch, mine_seq):
        return None
    rows = session.scalars(
        select(RoomEvent)
        .where(RoomEvent.room_id == meeting_id, RoomEvent.seq > seq)
        .order_by(RoomEvent.seq)
    ).all()
    if len(rows) != now - seq or any(_changes_membership_of(actor.user_id, row) for row in rows):
        return None
    user_events = session.scalars(
        select(PersonEvent)
        .where(
            PersonEvent.user_id == actor.user_id,
            PersonEvent.seq > (mine_now if mine_seq is None else mine_seq),
        )
        .order_by(PersonEvent.seq)
    )
    return composed(
        catch_up_type(),
        features().catch_up_parts,
        _reader(session, actor, context),
        epoch=app_context.epoch,
        seq=now,
        mine_seq=mine_now,
        events=[
            (room_packet if context.role in audience_of(row) else hidden_packet)(
                row, app_context.epoch
            )
            for row in rows
        ],
        mine=[person_packet(row, app_context.epoch) for row in user_events],
    )


def _reader(session: Session, actor: Actor, context: JoinContext) -> RoomReader:
    return RoomReader(
        session=session,
        actor=actor,
        meeting_id=context.meeting_id,
        role=context.role,
        seq=context.seq,
    )


def _changes_membership_of(user_id: str, row: RoomEvent) -> bool:
    if row.type not in ("participant_put", "participant_removed"):
        return False
    facts = msgspec.json.decode(row.data)
    changed: str = facts.get("participant", facts)["user_id"]
    return changed == user_id
