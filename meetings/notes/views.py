"""HTTP of a person's own notes: parse, call one verb or query, answer."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from core.http.endpoints import Answer, act, act_with, answer_query, parse, parse_query
from core.http.openapi import describes
from core.ids import new_id
from documents.annotations.rules import HtmlInText, StaleRevision, check_plain
from meetings.notes import note_rules as rules
from meetings.notes import queries, service
from meetings.notes.declares import NoteView

api = Blueprint("notes", __name__, url_prefix="/api/v1")

Id = Annotated[str, Meta(min_length=1, max_length=64)]
OwnId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{16,64}$")]
Text = Annotated[str, Meta(min_length=1, max_length=rules.LONGEST_TEXT)]


class NoteBody(msgspec.Struct, frozen=True):
    """Body of POST /notes. id: made by the client, so that it can go on before it is answered."""

    text: Text
    id: OwnId | None = None
    meeting_id: Id | None = None


class NotePatch(msgspec.Struct, frozen=True):
    """Body of PATCH /notes/{id}. revision: of the note that is written anew."""

    revision: Annotated[int, Meta(ge=1)]
    text: Text


@api.get("/notes")
@describes(
    "One's own notes that lie on no page, the newest first.",
    query=queries.NoteFilter,
    answer=queries.NoteList,
)
def get_notes() -> Answer:
    return answer_query(queries.list_notes, parse_query(queries.NoteFilter))


@api.post("/notes")
@describes(
    "Keep a note of one's own; 200 with what stands when the id is there already.",
    body=NoteBody,
    answer=NoteView,
    status=201,
    refuses=(HtmlInText, rules.NoteDeleted, rules.TooManyNotes),
)
def post_note() -> Answer:
    body = parse(NoteBody)
    check_plain(body.text)
    note = service.NewNote(body.id or new_id(), body.text, body.meeting_id)
    return act_with(201, service.add_note, note)


@api.patch("/notes/<note_id>")
@describes(
    "Write one's own note anew.",
    body=NotePatch,
    answer=NoteView,
    refuses=(StaleRevision, HtmlInText, rules.NoteDeleted),
)
def patch_note(note_id: str) -> Answer:
    body = parse(NotePatch)
    check_plain(body.text)
    return act(service.change_note, note_id, body.revision, body.text)


@api.delete("/notes/<note_id>")
@describes("Delete one's own note, for good.", status=204)
def delete_note(note_id: str) -> Answer:
    return act_with(204, service.remove_note, note_id)
