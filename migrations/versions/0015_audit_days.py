"""The client's address in the audit, and the sealed days of the audit."""

import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("address", sa.String(), nullable=True))
    op.create_index("ix_audit_entry_actor_id", "audit_entry", ["actor_id"])
    op.create_table(
        "audit_day",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("pruned_at", Timestamp(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_day")),
    )
