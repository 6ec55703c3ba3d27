"""HTTP routes of personal notes: parse, call one service function or query, answer."""

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
    """Body of POST /notes. id: chosen by the client, so that it need not wait for the response."""

    text: Text
    id: OwnId | None = None
    meeting_id: Id | None = None


class NotePatch(msgspec.Struct, frozen=True):
    """Body of PATCH /notes/{id}. revision: the one that this change replaces."""

    revision: Annotated[int, Meta(ge=1)]
    text: Text


@api.get("/notes")
@describes(
    "List my notes that are not on a page, newest first.",
    query=queries.NoteFilter,
    answer=queries.NoteList,
)
def get_notes() -> Answer:
    return answer_query(queries.list_notes, parse_query(queries.NoteFilter))


@api.post("/notes")
@describes(
    "Create a note of mine; 200 with the stored note if the id already exists.",
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
    "Replace the text of my note.",
    body=NotePatch,
    answer=NoteView,
    refuses=(StaleRevision, HtmlInText, rules.NoteDeleted),
)
def patch_note(note_id: str) -> Answer:
    body = parse(NotePatch)
    check_plain(body.text)
    return act(service.change_note, note_id, body.revision, body.text)


@api.delete("/notes/<note_id>")
@describes("Delete my note permanently.", status=204)
def delete_note(note_id: str) -> Answer:
    return act_with(204, service.remove_note, note_id)
