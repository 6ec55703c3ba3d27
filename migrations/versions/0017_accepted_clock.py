"""The newest record that did not fit the clock, once somebody said that the clock is right."""

import sqlalchemy as sa
from alembic import op

from core.db.database import Timestamp

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("installation", sa.Column("clock_accepted", Timestamp(), nullable=True))
