"""HTTP routes of meetings and participants: parse, call one service function or query, answer."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from accounts.shared.declares import UnknownUnit
from core.http.endpoints import (
    Answer,
    act,
    act_with,
    answer,
    answer_query,
    current_actor,
    parse,
    parse_query,
)
from core.http.fast_reads import fast_read
from core.http.openapi import Listing, describes
from core.permissions import Role
from documents.declares import DocumentOrderIncomplete
from documents.http.uploads import receive_document
from documents.http.views import UPLOAD_REFUSES
from documents.service import Accepted, DocumentList, reorder_documents
from meetings.meeting import meeting_list, queries, service
from meetings.meeting.declares import LastOrganiser, ParticipantView, UnknownPerson, WrongStatus
from meetings.meeting.shared_views import get_meeting_json
from meetings.meeting.templates import TEMPLATES, MeetingTemplate
from meetings.shared.containers import meeting_container
from meetings.shared.models import MeetingStatus

api = Blueprint("meetings", __name__, url_prefix="/api/v1")

Title = Annotated[str, Meta(min_length=1, max_length=300)]
Kind = Annotated[str, Meta(min_length=1, max_length=60)]
Place = Annotated[str, Meta(max_length=300)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]


class NewMeetingBody(msgspec.Struct, forbid_unknown_fields=False):
    """Body of POST /meetings. Without `unit_id`: the unit of the creator."""

    title: Title
    starts_at: datetime
    ends_at: datetime | None = None
    kind: Kind = "general"
    place: Place = ""
    unit_id: Id | None = None
    chair_ids: Annotated[list[Id], Meta(max_length=20)] = []
    secretary_ids: Annotated[list[Id], Meta(max_length=20)] | None = None
    template: str | None = None
    member_writing: bool = False


class MeetingPatch(msgspec.Struct):
    """Body of PATCH /meetings/{id}. `member_writing`: members may write for the whole room."""

    title: Title | UnsetType = UNSET
    starts_at: datetime | UnsetType = UNSET
    ends_at: datetime | None | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    place: Place | UnsetType = UNSET
    unit_id: Id | None | UnsetType = UNSET
    member_writing: bool | UnsetType = UNSET


class StatusBody(msgspec.Struct):
    """Body of POST /meetings/{id}/status. `resumes_at`: with paused, the planned end."""

    status: MeetingStatus
    resumes_at: datetime | None = None


class ParticipantBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/participants/{user_id}."""

    role: Literal["chair", "secretary", "member", "guest"]
    entitled_to_vote: bool | None = None
    seat: Annotated[str, Meta(max_length=40)] | None = None


class IdsBody(msgspec.Struct):
    """All ids in the new order."""

    ids: Annotated[list[Id], Meta(max_length=2000)]


@api.get("/meetings")
@describes(
    "List my meetings (an administrator: all), latest first.",
    query=meeting_list.MeetingFilter,
    answer=meeting_list.MeetingList,
)
@fast_read(lambda asked: meeting_list.my_meetings(asked.actor, meeting_list.MeetingFilter()))
def get_meetings() -> Answer:
    return answer_query(meeting_list.my_meetings, parse_query(meeting_list.MeetingFilter))


@api.post("/meetings")
@describes(
    "Create a draft meeting; the creator is its secretary by default.",
    body=NewMeetingBody,
    answer=queries.MeetingView,
    status=201,
    refuses=(UnknownPerson, UnknownUnit, LastOrganiser),
)
def post_meeting() -> Answer:
    body = parse(NewMeetingBody)
    new = msgspec.convert(msgspec.structs.asdict(body), service.NewMeeting)
    return act_with(201, service.create_meeting, new)


@api.get("/meetings/<meeting_id>")
@describes("One meeting with its agenda, documents and participants.", answer=queries.MeetingView)
@fast_read(lambda asked: get_meeting_json(asked.actor, *asked.ids))
def get_meeting(meeting_id: str) -> Answer:
    return answer_query(get_meeting_json, meeting_id)


@api.patch("/meetings/<meeting_id>")
@describes(
    "Change title, kind, time, place, unit, or whether members may write for the whole room.",
    body=MeetingPatch,
    answer=queries.MeetingView,
    refuses=(WrongStatus, UnknownUnit),
)
def patch_meeting(meeting_id: str) -> Answer:
    body = parse(MeetingPatch)
    return act(
        service.change_meeting,
        meeting_id,
        service.MeetingChanges(**msgspec.structs.asdict(body)),
    )


@api.delete("/meetings/<meeting_id>")
@describes(
    "Delete a meeting that has not started, with its documents.",
    status=204,
    refuses=(WrongStatus,),
)
def delete_meeting(meeting_id: str) -> Answer:
    return act_with(204, service.delete_meeting, meeting_id)


@api.post("/meetings/<meeting_id>/status")
@describes(
    "Change the status; publishing and opening a meeting publish every ready document.",
    body=StatusBody,
    answer=queries.MeetingView,
    refuses=(WrongStatus,),
)
def post_status(meeting_id: str) -> Answer:
    body = parse(StatusBody)
    return act(service.change_status, meeting_id, body.status, body.resumes_at)


@api.put("/meetings/<meeting_id>/participants/<user_id>")
@describes(
    "Add a participant, or change the role, entitlement or seat.",
    body=ParticipantBody,
    answer=ParticipantView,
    refuses=(UnknownPerson, LastOrganiser, WrongStatus),
)
def put_participant(meeting_id: str, user_id: str) -> Answer:
    body = parse(ParticipantBody)
    role = Role(body.role)
    return act(service.put_participant, meeting_id, user_id, role, body.entitled_to_vote, body.seat)


@api.delete("/meetings/<meeting_id>/participants/<user_id>")
@describes("Remove a person from the meeting.", status=204, refuses=(LastOrganiser, WrongStatus))
def delete_participant(meeting_id: str, user_id: str) -> Answer:
    return act_with(204, service.remove_participant, meeting_id, user_id)


@api.post("/meetings/<meeting_id>/documents")
@describes(
    "Upload a document of the meeting itself, such as the invitation.",
    upload=("title", "kind"),
    answer=Accepted,
    status=202,
    refuses=(*UPLOAD_REFUSES, WrongStatus),
)
def post_document(meeting_id: str) -> Answer:
    return receive_document(meeting_container(meeting_id))


@api.put("/meetings/<meeting_id>/document-order")
@describes(
    "Reorder the documents of the meeting itself.",
    body=IdsBody,
    answer=DocumentList,
    refuses=(DocumentOrderIncomplete, WrongStatus),
)
def put_document_order(meeting_id: str) -> Answer:
    return act(reorder_documents, meeting_container(meeting_id), parse(IdsBody).ids)


@api.get("/meeting-templates")
@describes("The templates for the agenda of a new meeting.", answer=Listing[MeetingTemplate])
def get_templates() -> Answer:
    current_actor()
    return answer({"items": list(TEMPLATES.values()), "next": None})
