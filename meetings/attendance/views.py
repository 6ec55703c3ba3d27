"""HTTP routes of the roll call: parse, call one service function or query, answer."""

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
    """Body of PUT /meetings/{id}/attendance/{user_id}. `reason`: "" removes it."""

    status: AttendanceStatus
    reason: Annotated[str, Meta(max_length=300)] | None = None


class RollBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/attendance. `status`: null removes it."""

    user_ids: Annotated[list[Id], Meta(max_length=2000)]
    status: AttendanceStatus | None


@api.get("/meetings/<meeting_id>/attendance")
@describes("The roll sheet with the reasons, and the state of the quorum.", answer=RollView)
def get_roll(meeting_id: str) -> Answer:
    return answer_query(queries.get_roll, meeting_id)


@api.put("/meetings/<meeting_id>/attendance")
@describes(
    "Record the same attendance for several people who have none yet; null removes it.",
    body=RollBody,
    answer=CalledView,
    refuses=(WrongStatus,),
)
def put_roll(meeting_id: str) -> Answer:
    body = parse(RollBody)
    return act(service.call_roll, meeting_id, body.user_ids, body.status)


@api.put("/meetings/<meeting_id>/attendance/<user_id>")
@describes(
    "Record attendance; roles other than chair and secretary may only confirm their presence.",
    body=AttendanceBody,
    answer=AttendanceView,
    refuses=(WrongStatus,),
)
def put_attendance(meeting_id: str, user_id: str) -> Answer:
    body = parse(AttendanceBody)
    return act(service.set_attendance, meeting_id, user_id, body.status, body.reason)


@api.delete("/meetings/<meeting_id>/attendance/<user_id>")
@describes(
    "Remove the attendance of a person, as before the roll call.",
    answer=AttendanceView,
    refuses=(WrongStatus,),
)
def delete_attendance(meeting_id: str, user_id: str) -> Answer:
    return act(service.take_back_attendance, meeting_id, user_id)
