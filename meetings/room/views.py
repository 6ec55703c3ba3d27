"""HTTP routes of the room: the presenter, a snapshot, and the events after one."""

from typing import Annotated

import msgspec
from flask import Blueprint, Flask, current_app
from msgspec import Meta

from core.actor import Actor
from core.app_context import current_context
from core.http.endpoints import Answer, act, answer_query, parse, parse_query
from core.http.openapi import describes
from core.permissions import Role
from meetings.meeting.declares import UnknownPerson, WrongStatus
from meetings.presentation.lease import PresenterView, put_presenter
from meetings.presentation.presentations import Presentations
from meetings.room import snapshot as snapshots
from meetings.room.declares import SnapshotNeeded
from meetings.room.join_context import join_context

EXTENSION = "dienhong.stages"
Id = Annotated[str, Meta(min_length=1, max_length=64)]


class PresenterBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/presenter."""

    user_id: Id


class After(msgspec.Struct):
    """Query of GET /meetings/{id}/events: the last events that the client has."""

    epoch: str
    after: Annotated[int, Meta(ge=0)]
    mine_after: Annotated[int, Meta(ge=0)] | None = None


api = Blueprint("live", __name__, url_prefix="/api/v1")


def install(app: Flask, presentations: Presentations) -> None:
    """Give the routes access to the presentations of this server."""
    app.extensions[EXTENSION] = presentations


@api.put("/meetings/<meeting_id>/presenter")
@describes(
    "Make a participant the presenter.",
    body=PresenterBody,
    answer=PresenterView,
    refuses=(UnknownPerson, WrongStatus),
)
def put_meeting_presenter(meeting_id: str) -> Answer:
    answer = act(put_presenter, meeting_id, parse(PresenterBody).user_id)
    _presentations().refresh(meeting_id)
    return answer


@api.get("/meetings/<meeting_id>/snapshot")
@describes("All data that a client shows of a room.", answer=snapshots.Snapshot)
def get_snapshot(meeting_id: str) -> Answer:
    return answer_query(_snapshot, meeting_id)


@api.get("/meetings/<meeting_id>/events")
@describes(
    "The durable events after those that the client has.",
    query=After,
    answer=snapshots.CatchUp,
    refuses=(SnapshotNeeded,),
)
def get_events(meeting_id: str) -> Answer:
    return answer_query(_events, meeting_id, parse_query(After))


def _presentations() -> Presentations:
    presentations: Presentations = current_app.extensions[EXTENSION]
    return presentations


def _snapshot(actor: Actor, meeting_id: str) -> snapshots.Snapshot:
    with current_context().database.read() as session:
        whole = snapshots.snapshot(session, actor, join_context(session, actor, meeting_id))
    live = _presentations().at(meeting_id).packet(Role(whole.me.role))
    return msgspec.structs.replace(whole, live=live)


def _events(actor: Actor, meeting_id: str, after: After) -> snapshots.CatchUp:
    with current_context().database.read() as session:
        context = join_context(session, actor, meeting_id)
        missed = snapshots.catch_up(
            session, actor, context, after.epoch, after.after, after.mine_after
        )
    if missed is None:
        raise SnapshotNeeded()
    return missed
