"""The list of what one wrote asks the database as often for forty papers as for two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

import app
from accounts.service import SYSTEM, NewUser, add_user
from core import clock
from core.actor import Actor
from core.config import read_config
from core.house import House, move_in
from core.ids import new_id
from documents.annotation_rules import At, Audience, Kind
from documents.annotations.codec import packed
from documents.annotations.models import Annotation
from documents.annotations.own_list import OwnFilter, list_own_annotations, list_own_papers
from documents.models import Document, DocumentVersion, VersionStatus
from meetings.agenda.service import add_agenda_item
from meetings.service import NewMeeting, create_meeting


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    """The assembled house of this process."""
    config = read_config(tmp_path / "data", env={})
    app.prepare(config)
    made = app.assemble(config)
    yield made
    made.database.close()
    move_in(None)


def a_meeting_with_my_notes(home: House, me: Actor) -> None:
    """One more meeting, with a replaced paper on its item, and a note of mine on each version."""
    meeting = create_meeting(me, NewMeeting(title="Họp", starts_at=clock.now()))
    item = add_agenda_item(me, meeting.id, "Báo cáo", None, None)
    with home.database.write() as session:
        paper = Document(
            id=new_id(),
            shelf_kind="agenda_item",
            shelf_id=item.id,
            title="Báo cáo",
            kind="report",
            position=1,
            current_version=2,
            published_at=clock.now(),
            created_by=me.user_id,
            created_at=clock.now(),
        )
        session.add(paper)
        session.flush()
        for number in (1, 2):
            session.add(version_of(paper, number))
            session.add(note_on(paper, number, me))
        home.database.commit(session)


def version_of(paper: Document, number: int) -> DocumentVersion:
    return DocumentVersion(
        id=new_id(),
        document_id=paper.id,
        number=number,
        status=VersionStatus.READY,
        sha256=new_id(),
        size=1,
        file_name="a.pdf",
        page_count=1,
        created_by=paper.created_by,
        created_at=paper.created_at,
    )


def note_on(paper: Document, version: int, me: Actor) -> Annotation:
    return Annotation(
        id=new_id(),
        document_id=paper.id,
        version=version,
        page=1,
        kind=Kind.NOTE,
        audience=Audience.PRIVATE,
        author_id=me.user_id,
        geometry=packed(At((0.5, 0.5))),
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


def asked(home: House, me: Actor, found: int) -> list[str]:
    """The statements that both lists take; they hold `found` annotations."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(home.database.engine, "before_cursor_execute", note)
    assert len(list_own_annotations(me, OwnFilter(q="hoi")).items) == found
    assert len(list_own_papers(me).items) == found // 2
    event.remove(home.database.engine, "before_cursor_execute", note)
    return statements


def test_the_number_of_queries_does_not_grow(home: House):
    user = add_user(SYSTEM, NewUser("toi", "Tôi"), password_hash="none")
    me = Actor(user.id, user.display_name, False, "none")
    a_meeting_with_my_notes(home, me)
    few = asked(home, me, 2)
    for _ in range(19):
        a_meeting_with_my_notes(home, me)
    many = asked(home, me, 40)
    assert len(many) == len(few) < 16
