"""HTTP routes of guests without an account: parse, call one service function, answer."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.http.endpoints import Answer, act, act_with, parse
from core.http.openapi import describes
from meetings.guests import service
from meetings.guests.declares import GuestView
from meetings.meeting.declares import WrongStatus
from meetings.shared.attendance_status import AttendanceStatus

api = Blueprint("guests", __name__, url_prefix="/api/v1")

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Line = Annotated[str, Meta(max_length=200)]


class NewGuest(msgspec.Struct):
    """Body of POST /meetings/{id}/guests."""

    name: Name
    position: Line = ""
    organisation: Line = ""


class GuestPatch(msgspec.Struct):
    """Body of PATCH /meetings/{id}/guests/{guest_id}."""

    name: Name | UnsetType = UNSET
    position: Line | UnsetType = UNSET
    organisation: Line | UnsetType = UNSET


class GuestAttendance(msgspec.Struct):
    """Body of PUT /meetings/{id}/guests/{guest_id}/attendance. null removes it."""

    status: AttendanceStatus | None


@api.post("/meetings/<meeting_id>/guests")
@describes(
    "Invite a guest without an account, for the roll call and documents; no sign-in.",
    body=NewGuest,
    answer=GuestView,
    status=201,
    refuses=(WrongStatus,),
)
def post_guest(meeting_id: str) -> Answer:
    body = parse(NewGuest)
    return act_with(201, service.add_guest, meeting_id, body.name, body.position, body.organisation)


@api.patch("/meetings/<meeting_id>/guests/<guest_id>")
@describes(
    "Change name, position or organisation of a guest without an account.",
    body=GuestPatch,
    answer=GuestView,
    refuses=(WrongStatus,),
)
def patch_guest(meeting_id: str, guest_id: str) -> Answer:
    changes = service.GuestChanges(**msgspec.structs.asdict(parse(GuestPatch)))
    return act(service.change_guest, meeting_id, guest_id, changes)


@api.put("/meetings/<meeting_id>/guests/<guest_id>/attendance")
@describes(
    "Record the attendance of a guest without an account.",
    body=GuestAttendance,
    answer=GuestView,
    refuses=(WrongStatus,),
)
def put_guest_attendance(meeting_id: str, guest_id: str) -> Answer:
    status = parse(GuestAttendance).status
    return act(service.set_guest_attendance, meeting_id, guest_id, status)


@api.delete("/meetings/<meeting_id>/guests/<guest_id>")
@describes("Remove a guest without an account from the list.", status=204, refuses=(WrongStatus,))
def delete_guest(meeting_id: str, guest_id: str) -> Answer:
    return act_with(204, service.remove_guest, meeting_id, guest_id)
