"""Second factors, their recovery codes, and when the password of a sign-in was last given."""

import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("password_at", Timestamp(), nullable=True))
    for name in ("totp_secret", "totp_next_secret"):
        op.add_column("user", sa.Column(name, sa.String(), nullable=True))
    for name in ("totp_last_step", "totp_drift"):
        op.add_column("user", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", Timestamp(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id_user")
        ),
        sa.PrimaryKeyConstraint("user_id", "number", name=op.f("pk_recovery_code")),
    )
