"""The full name of a unit, as official papers print it; "" means spelled out from the name."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("full_name", sa.String(), nullable=False, server_default=""))
