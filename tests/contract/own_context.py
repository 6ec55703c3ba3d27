"""Rows of an application context in this process, for tests that count its database statements."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from accounts.people.service import SYSTEM, NewUser, add_user
from core import clock
from core.actor import Actor
from core.app_context import AppContext
from core.ids import new_id
from documents.models import Document, DocumentVersion, VersionStatus


def somebody(name: str) -> Actor:
    """A new account, as who acts."""
    user = add_user(SYSTEM, NewUser(name, name), password_hash="none")
    return Actor(user.id, user.display_name, False, "none", may_create_meetings=True)


def document_on(item_id: str, maker: Actor, current_version: int = 1) -> Document:
    """A published document on an agenda item."""
    return Document(
        id=new_id(),
        container_kind="agenda_item",
        container_id=item_id,
        title="Báo cáo",
        kind="report",
        position=1,
        current_version=current_version,
        published_at=clock.now(),
        created_by=maker.user_id,
        created_at=clock.now(),
    )


def version_of(document: Document, number: int, pages: int) -> DocumentVersion:
    """One of its versions, ready."""
    return DocumentVersion(
        id=new_id(),
        document_id=document.id,
        number=number,
        status=VersionStatus.READY,
        sha256=new_id(),
        size=1,
        file_name="a.pdf",
        page_count=pages,
        created_by=document.created_by,
        created_at=document.created_at,
    )


@contextmanager
def statements_of(context: AppContext) -> Iterator[list[str]]:
    """The statements that the database gets inside, in order."""
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(context.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(context.database.engine, "before_cursor_execute", note)
