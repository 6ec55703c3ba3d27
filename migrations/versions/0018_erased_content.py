"""What tells which events and answers have content of deleted annotations and notes."""

from collections import defaultdict

import msgspec
import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


class Item(msgspec.Struct):
    """What is needed of an annotation in an event."""

    id: str
    author: str


class Put(msgspec.Struct):
    """An event that put annotations."""

    document_id: str
    items: list[Item]


def upgrade() -> None:
    for table in ("annotation", "personal_note"):
        op.add_column(table, sa.Column("erased_at", Timestamp(), nullable=True))
        op.create_index(
            f"ix_{table}_not_erased",
            table,
            ["deleted_at"],
            sqlite_where=sa.text("deleted_at IS NOT NULL AND erased_at IS NULL"),
        )
    op.add_column("annotation", sa.Column("past_recipients", sa.Text(), nullable=True))
    op.add_column("idempotent_answer", sa.Column("thing_id", sa.String(), nullable=True))
    op.create_index(
        "ix_idempotent_answer_thing_id",
        "idempotent_answer",
        ["thing_id"],
        sqlite_where=sa.text("thing_id IS NOT NULL"),
    )
    op.create_table(
        "removed_document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=True),
        sa.Column("people", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_document")),
    )
    find_answers()
    find_events()


def find_answers() -> None:
    """Note in earlier answers which annotation or note they contain."""
    op.execute("""
        UPDATE idempotent_answer SET thing_id = json_extract(CAST(answer AS TEXT), '$.id')
        WHERE CASE WHEN json_valid(CAST(answer AS TEXT)) THEN
            json_type(CAST(answer AS TEXT), '$.geometry') IS NOT NULL
            OR json_type(CAST(answer AS TEXT), '$.meeting_title') IS NOT NULL
        END
    """)


def find_events() -> None:
    """Note who was told of others' annotations, and where documents are told that are no more."""
    connection = op.get_bind()
    there = set(connection.scalars(sa.text("SELECT id FROM document")))
    recipients: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    rooms: dict[str, str] = {}
    read = msgspec.json.Decoder(Put).decode
    own = "SELECT user_id, data FROM person_event WHERE type = 'own_annotations_put'"
    for user_id, data in connection.execute(sa.text(own)):
        put = read(data)
        for item in put.items:
            if item.author != user_id:
                recipients[item.id].add(user_id)
        if put.document_id not in there:
            people[put.document_id].add(user_id)
    shared = "SELECT room_id, data FROM room_event WHERE type = 'annotations_put'"
    for room_id, data in connection.execute(sa.text(shared)):
        put = read(data)
        if put.document_id not in there:
            rooms[put.document_id] = room_id
    note = sa.text("UPDATE annotation SET past_recipients = :people WHERE id = :id")
    for annotation_id, ids in recipients.items():
        connection.execute(note, {"id": annotation_id, "people": " ".join(sorted(ids))})
    add = sa.text("INSERT INTO removed_document VALUES (:id, :room, :people)")
    for document_id in {*people, *rooms}:
        told = " ".join(sorted(people[document_id]))
        connection.execute(add, {"id": document_id, "room": rooms.get(document_id), "people": told})
