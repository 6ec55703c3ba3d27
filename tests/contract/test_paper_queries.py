"""All that is written on a document is one query, and the query reads nothing of others."""

import msgspec
from sqlalchemy.dialects import sqlite

from core import clock
from core.actor import Actor
from core.app_context import AppContext
from documents.annotations.queries import _seen, list_annotations
from documents.annotations.rules import Audience
from meetings.agenda.service import add_agenda_item
from meetings.meeting.service import NewMeeting, create_meeting
from tests.contract.own_context import (
    PAGES,
    document_on,
    ink_on,
    somebody,
    statements_of,
    version_of,
)


def a_document(context: AppContext, me: Actor) -> str:
    """A document of 300 pages on an item of my meeting."""
    meeting = create_meeting(me, NewMeeting(title="Họp", starts_at=clock.now()))
    item = add_agenda_item(me, meeting.id, "Báo cáo", None, None)
    with context.database.write() as session:
        made = document_on(item.id, me)
        session.add(made)
        session.flush()
        session.add(version_of(made, 1, PAGES))
        context.database.commit(session)
    return made.id


def write(
    context: AppContext, document_id: str, author: Actor, audience: Audience, count: int
) -> list[str]:
    """So many strokes in one request; their ids in the order of making."""
    rows = [ink_on(document_id, author, audience, place) for place in range(count)]
    ids = [row.id for row in rows]
    with context.database.write() as session:
        session.add_all(rows)
        context.database.commit(session)
    return ids


def asked(context: AppContext, me: Actor, document_id: str, found: list[str]) -> list[str]:
    """The statements of reading what I see, which is `found`."""
    with statements_of(context) as statements:
        answer = msgspec.json.encode(list_annotations(me, document_id))
    assert [one["id"] for one in msgspec.json.decode(answer)["items"]] == found
    return statements


def test_one_query_gives_everything_of_a_document(context: AppContext):
    me, other = somebody("toi"), somebody("khac")
    document_id = a_document(context, me)
    found = write(context, document_id, other, Audience.MEETING, 1)
    few = asked(context, me, document_id, found)
    found += write(context, document_id, me, Audience.PRIVATE, 700)
    write(context, document_id, other, Audience.PRIVATE, 700)
    found += write(context, document_id, other, Audience.MEETING, 700)
    many = asked(context, me, document_id, found)
    assert len(many) == len(few)
    assert sum("FROM annotation" in statement for statement in many) == 1


def test_the_query_neither_sorts_nor_walks_through_what_others_keep(context: AppContext):
    query = _seen("me", "document", None, tuple(Audience))
    text = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with context.database.read() as session:
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    plan = [step[3] for step in steps]
    ways = [step for step in plan if " annotation " in step]
    assert [way.partition("INDEX ")[2] for way in ways] == [
        "ix_annotation_author (document_id=? AND author_id=?)",
        "ix_annotation_audience (document_id=? AND audience=?)",
        "ix_annotation_recipient (document_id=? AND recipient_id=?)",
    ]
    assert not any("B-TREE" in step for step in plan)
