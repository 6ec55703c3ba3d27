"""The list of what one wrote asks the database as often for forty documents as for two."""

from core import clock
from core.actor import Actor
from core.app_context import AppContext
from core.ids import new_id
from documents.annotations.kinds.note import At
from documents.annotations.kinds.registry import Kind
from documents.annotations.models import Annotation
from documents.annotations.my_annotations import OwnFilter, list_own_annotations, list_own_documents
from documents.annotations.rules import Audience
from documents.models import Document
from meetings.agenda.service import add_agenda_item
from meetings.meeting.service import NewMeeting, create_meeting
from tests.contract.own_context import document_on, somebody, statements_of, version_of


def a_meeting_with_my_notes(context: AppContext, me: Actor) -> None:
    """One more meeting, a replaced document on its item, and a note of mine on each version."""
    meeting = create_meeting(me, NewMeeting(title="Họp", starts_at=clock.now()))
    item = add_agenda_item(me, meeting.id, "Báo cáo", None, None)
    with context.database.write() as session:
        document = document_on(item.id, me, current_version=2)
        session.add(document)
        session.flush()
        for number in (1, 2):
            session.add(version_of(document, number, 1))
            session.add(note_on(document, number, me))
        context.database.commit(session)


def note_on(document: Document, version: int, me: Actor) -> Annotation:
    return Annotation(
        id=new_id(),
        document_id=document.id,
        version=version,
        page=1,
        kind=Kind.NOTE,
        audience=Audience.PRIVATE,
        author_id=me.user_id,
        geometry=At((0.5, 0.5)).packed(),
        color="#000000",
        width=1,
        opacity=1,
        size=20,
        text="Hỏi",
        revision=1,
        created_at=clock.now(),
        place=0,
        updated_at=clock.now(),
    )


def asked(context: AppContext, me: Actor, found: int) -> list[str]:
    """The statements that both lists take; they hold `found` annotations."""
    with statements_of(context) as statements:
        assert len(list_own_annotations(me, OwnFilter(q="hoi")).items) == found
        assert len(list_own_documents(me).items) == found // 2
    return statements


def test_the_number_of_queries_does_not_grow(context: AppContext):
    me = somebody("toi")
    a_meeting_with_my_notes(context, me)
    few = asked(context, me, 2)
    for _ in range(19):
        a_meeting_with_my_notes(context, me)
    many = asked(context, me, 40)
    assert len(many) == len(few) < 16
