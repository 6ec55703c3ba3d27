"""Which accounts may create meetings: of those that are there, the ones that have done so.

Administrators always may; theirs need not say it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "may_create_meetings", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    op.execute(
        "UPDATE user SET may_create_meetings = 1 WHERE id IN (SELECT created_by FROM meeting)"
    )
