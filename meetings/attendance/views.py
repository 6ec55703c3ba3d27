"""HTTP of the roll call: parse, call one verb or query, answer."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from core.http.endpoints import Answer, act, answer_query, parse
from core.http.openapi import describes
from meetings.attendance import queries, service
from meetings.attendance.declares import AttendanceView, CalledView, RollView
from meetings.meeting.declares import WrongStatus
from meetings.shared.attendance_status import AttendanceStatus

api = Blueprint("attendance", __name__, url_prefix="/api/v1")

Id = Annotated[str, Meta(min_length=1, max_length=64)]


class AttendanceBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/attendance/{user_id}. `reason`: "" takes an earlier one away."""

    status: AttendanceStatus
    reason: Annotated[str, Meta(max_length=300)] | None = None


class RollBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/attendance. `status`: null takes the word back."""

    user_ids: Annotated[list[Id], Meta(max_length=2000)]
    status: AttendanceStatus | None


@api.get("/meetings/<meeting_id>/attendance")
@describes("The roll sheet with the reasons, and where the quorum stands.", answer=RollView)
def get_roll(meeting_id: str) -> Answer:
    return answer_query(queries.get_roll, meeting_id)


@api.put("/meetings/<meeting_id>/attendance")
@describes(
    "Say the same of several people of whom nothing was said yet; null takes it back from them.",
    body=RollBody,
    answer=CalledView,
    refuses=(WrongStatus,),
)
def put_roll(meeting_id: str) -> Answer:
    body = parse(RollBody)
    return act(service.call_roll, meeting_id, body.user_ids, body.status)


@api.put("/meetings/<meeting_id>/attendance/<user_id>")
@describes(
    "Say who is here; whoever does not run the meeting may only confirm to be present.",
    body=AttendanceBody,
    answer=AttendanceView,
    refuses=(WrongStatus,),
)
def put_attendance(meeting_id: str, user_id: str) -> Answer:
    body = parse(AttendanceBody)
    return act(service.set_attendance, meeting_id, user_id, body.status, body.reason)


@api.delete("/meetings/<meeting_id>/attendance/<user_id>")
@describes(
    "Take the word of the roll call back, as if nothing had been said.",
    answer=AttendanceView,
    refuses=(WrongStatus,),
)
def delete_attendance(meeting_id: str, user_id: str) -> Answer:
    return act(service.take_back_attendance, meeting_id, user_id)
