"""HTTP of meetings and their people: parse, call one verb or query, answer."""

from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.permissions import Role
from core.web import Answer, act, act_with, answer, look, parse, parse_query
from documents.service import reorder_documents
from documents.shelves import Shelf
from documents.views import receive_document
from meetings import queries, service
from meetings.models import MeetingStatus
from meetings.templates_of_meetings import TEMPLATES

api = Blueprint("meetings", __name__, url_prefix="/api/v1")

Title = Annotated[str, Meta(min_length=1, max_length=300)]
Kind = Annotated[str, Meta(min_length=1, max_length=60)]
Place = Annotated[str, Meta(max_length=300)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]


class NewMeetingBody(msgspec.Struct, forbid_unknown_fields=False):
    """Body of POST /meetings."""

    title: Title
    starts_at: datetime
    ends_at: datetime | None = None
    kind: Kind = "general"
    place: Place = ""
    unit_id: Id | None = None
    chair_ids: Annotated[list[Id], Meta(max_length=20)] = []
    secretary_ids: Annotated[list[Id], Meta(max_length=20)] | None = None
    template: str | None = None


class MeetingPatch(msgspec.Struct):
    """Body of PATCH /meetings/{id}."""

    title: Title | UnsetType = UNSET
    starts_at: datetime | UnsetType = UNSET
    ends_at: datetime | None | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    place: Place | UnsetType = UNSET


class StatusBody(msgspec.Struct):
    """Body of POST /meetings/{id}/status. `resumes_at`: with paused, when it goes on."""

    status: MeetingStatus
    resumes_at: datetime | None = None


class ParticipantBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/participants/{user_id}."""

    role: Role
    entitled_to_vote: bool | None = None
    seat: Annotated[str, Meta(max_length=40)] | None = None


class IdsBody(msgspec.Struct):
    """A new order, by ids."""

    ids: Annotated[list[Id], Meta(max_length=2000)]


@api.get("/meetings")
def get_meetings() -> Answer:
    return look(queries.my_meetings, parse_query(queries.MeetingFilter))


@api.post("/meetings")
def post_meeting() -> Answer:
    body = parse(NewMeetingBody)
    new = msgspec.convert(msgspec.structs.asdict(body), service.NewMeeting)
    return act_with(201, service.create_meeting, new)


@api.get("/meetings/<meeting_id>")
def get_meeting(meeting_id: str) -> Answer:
    return look(queries.get_meeting, meeting_id)


@api.patch("/meetings/<meeting_id>")
def patch_meeting(meeting_id: str) -> Answer:
    body = parse(MeetingPatch)
    return act(
        service.change_meeting,
        meeting_id,
        service.MeetingChanges(**msgspec.structs.asdict(body)),
    )


@api.delete("/meetings/<meeting_id>")
def delete_meeting(meeting_id: str) -> Answer:
    return act_with(204, service.delete_meeting, meeting_id)


@api.post("/meetings/<meeting_id>/status")
def post_status(meeting_id: str) -> Answer:
    body = parse(StatusBody)
    return act(service.change_status, meeting_id, body.status, body.resumes_at)


@api.put("/meetings/<meeting_id>/participants/<user_id>")
def put_participant(meeting_id: str, user_id: str) -> Answer:
    body = parse(ParticipantBody)
    return act(
        service.put_participant, meeting_id, user_id, body.role, body.entitled_to_vote, body.seat
    )


@api.delete("/meetings/<meeting_id>/participants/<user_id>")
def delete_participant(meeting_id: str, user_id: str) -> Answer:
    return act_with(204, service.remove_participant, meeting_id, user_id)


@api.post("/meetings/<meeting_id>/documents")
def post_document(meeting_id: str) -> Answer:
    return receive_document(Shelf("meeting", meeting_id))


@api.put("/meetings/<meeting_id>/document-order")
def put_document_order(meeting_id: str) -> Answer:
    return act(reorder_documents, Shelf("meeting", meeting_id), parse(IdsBody).ids)


@api.get("/meeting-templates")
def get_templates() -> Answer:
    return answer({"items": list(TEMPLATES.values()), "next": None})
