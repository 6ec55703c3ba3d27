"""HTTP routes of writing for the room: parse, call the service function, answer."""

import msgspec
from flask import Blueprint

from core.http.endpoints import Answer, act, parse
from core.http.openapi import describes
from meetings.meeting.declares import WrongStatus
from meetings.writing import service
from meetings.writing.declares import WriterView

api = Blueprint("writing", __name__, url_prefix="/api/v1")


class WriterBody(msgspec.Struct):
    """Body of PUT /meetings/{id}/writing/{user_id}."""

    muted: bool


@api.put("/meetings/<meeting_id>/writing/<user_id>")
@describes(
    "Mute or unmute a person who writes for the whole room. The presenter may also do this.",
    body=WriterBody,
    answer=WriterView,
    refuses=(WrongStatus,),
)
def put_writer(meeting_id: str, user_id: str) -> Answer:
    return act(service.mute_writer, meeting_id, user_id, parse(WriterBody).muted)
