"""Rows of an application context in this process, for tests that count its database statements."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from accounts.people.service import SYSTEM, NewUser, add_user
from core import clock
from core.actor import Actor
from core.app_context import AppContext
from core.ids import new_id
from documents.annotations.kinds.ink import Ink
from documents.annotations.kinds.registry import Kind
from documents.annotations.models import Annotation
from documents.annotations.rules import Audience
from documents.models import Document, DocumentVersion, VersionStatus

PAGES = 300
"""Pages of a document over which annotations are spread."""


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


def ink_on(document_id: str, author: Actor, audience: Audience, place: int) -> Annotation:
    """A stroke on one of its pages, the page by its place."""
    at = clock.now()
    return Annotation(
        id=new_id(),
        document_id=document_id,
        version=1,
        page=1 + place % PAGES,
        kind=Kind.INK,
        audience=audience,
        author_id=author.user_id,
        geometry=Ink([[(0.5, 0.5, 0.5), (0.6, 0.5, 0.5)]]).packed(),
        color="#000000",
        width=1,
        opacity=1,
        size=20,
        revision=1,
        created_at=at,
        place=place,
        updated_at=at,
    )


@contextmanager
def statements_of(context: AppContext) -> Iterator[list[str]]:
    """The queries that the database gets inside, in order, of sessions and prepared queries."""
    statements: list[str] = []

    def listen(connection: sqlite3.Connection, _record: object = None) -> None:
        connection.set_trace_callback(statements.append)

    database = context.database
    database.engine.dispose()
    database.fetch_rows("SELECT 1", ())
    for reader in database._readers:
        listen(reader)
    event.listen(database.engine, "connect", listen)
    try:
        yield statements
    finally:
        event.remove(database.engine, "connect", listen)
        database.engine.dispose()
        for reader in database._readers:
            reader.set_trace_callback(None)
        statements[:] = [one for one in statements if one.lstrip().startswith(("SELECT", "WITH"))]
