"""Invited guests without an account."""

import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATUS = sa.Enum(
    "present",
    "excused",
    "absent",
    "late",
    "left",
    name="attendancestatus",
    native_enum=False,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "meeting_guest",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("listed_at", sa.Integer(), nullable=False),
        sa.Column("attendance", STATUS, nullable=True),
        sa.Column("attendance_at", Timestamp(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_guest_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_guest")),
    )
    with op.batch_alter_table("meeting_guest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_guest_meeting_id"), ["meeting_id"], unique=False
        )
