"""The room that a sign-in joined last, and the age of a set-up link."""

import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("room_id", sa.String(), nullable=True))
    op.add_column("installation", sa.Column("setup_token_at", Timestamp(), nullable=True))
