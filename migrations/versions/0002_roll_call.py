"""The roll call: what it says of each person of a meeting, why, when and by whom."""

import sqlalchemy as sa
from alembic import op

import core.db.database

revision = "0002"
down_revision = "0001"

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
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attendance", STATUS, nullable=True))
        batch_op.add_column(sa.Column("attendance_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("attendance_at", core.db.database.Timestamp(), nullable=True))
        batch_op.add_column(sa.Column("attendance_by", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_participant_attendance_by"), "user", ["attendance_by"], ["id"]
        )
