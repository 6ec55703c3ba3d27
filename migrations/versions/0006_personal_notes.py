"""Personal notes: what people write for themselves on no page."""

import sqlalchemy as sa
from alembic import op

import core.db.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_note",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", core.db.database.Timestamp(), nullable=False),
        sa.Column("updated_at", core.db.database.Timestamp(), nullable=False),
        sa.Column("deleted_at", core.db.database.Timestamp(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_personal_note_meeting_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_personal_note_user_id")),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_personal_note")),
    )
    with op.batch_alter_table("personal_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_personal_note_meeting_id"), ["meeting_id"], unique=False
        )
        batch_op.create_index("ix_personal_note_of_user", ["user_id", "created_at"], unique=False)
