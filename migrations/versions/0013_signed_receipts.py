"""Receipts of ballots are signed; every log keeps the signed checkpoint of its end."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SIGN_ENDS = """
    UPDATE vote_log SET note = coalesce((
        SELECT note FROM vote_log_checkpoint AS signed
        WHERE signed.log = vote_log.number AND signed.size = vote_log.size
    ), '')
"""
NAME_LOGS = """
    UPDATE ballot SET log_id = (
        SELECT log_id FROM vote_log JOIN poll ON poll.meeting_id = vote_log.meeting_id
        WHERE poll.id = ballot.poll_id
    ) WHERE log_index IS NOT NULL
"""
UNSIGNED = """
    SELECT count(*) FROM vote_log JOIN poll ON poll.meeting_id = vote_log.meeting_id
    WHERE vote_log.note = '' AND poll.status = 'open'
"""


class PollIsOpen(Exception):
    """Ballots that no checkpoint covers cannot be brought to this version."""


def upgrade() -> None:
    op.add_column("ballot", sa.Column("log_id", sa.String(), nullable=True))
    op.add_column("ballot", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("ballot", sa.Column("proof", sa.LargeBinary(), nullable=True))
    op.add_column("vote_log", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "installation", sa.Column("starts", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("poll", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "installation_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation_keys")),
    )
    rows = op.get_bind()
    rows.exec_driver_sql(SIGN_ENDS)
    rows.exec_driver_sql(NAME_LOGS)
    if rows.exec_driver_sql(UNSIGNED).scalar():
        raise PollIsOpen(
            "Ballots of a poll that is open are not signed yet: close or cancel it with the"
            " version of Diên Hồng that wrote them, then start this one."
        )
