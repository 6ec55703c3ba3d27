"""When a meeting ended; of those that are over already nobody knows."""

import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", Timestamp(), nullable=True))
