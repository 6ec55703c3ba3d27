"""Votes: polls with their frozen rosters, ballots, counts by hand, and the log of votes."""

import sqlalchemy as sa
from alembic import op

import core.db.database

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "vote_log",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("log_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.Column("vkey", sa.String(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("continues", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_vote_log_meeting_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_vote_log")),
        sa.UniqueConstraint("log_id", name=op.f("uq_vote_log_log_id")),
    )
    with op.batch_alter_table("vote_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_log_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("agenda_item_id", sa.String(), nullable=True),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column(
            "method",
            sa.Enum("named", "hands", "paper", name="pollmethod", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("allow_change", sa.Boolean(), nullable=False),
        sa.Column("timer_seconds", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "closed",
                "cancelled",
                "void",
                name="pollstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", core.db.database.Timestamp(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("tellers", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_poll_agenda_item_id")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_poll_created_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_poll_meeting_id")),
        sa.ForeignKeyConstraint(["repeats"], ["poll.id"], name=op.f("fk_poll_repeats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index("ix_poll_meeting", ["meeting_id", "position"], unique=False)

    op.create_table(
        "vote_log_checkpoint",
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["log"], ["vote_log.number"], name=op.f("fk_vote_log_checkpoint_log")
        ),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_vote_log_checkpoint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_log_entry",
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["log"], ["vote_log.number"], name=op.f("fk_vote_log_entry_log")),
        sa.PrimaryKeyConstraint("log", "index", name=op.f("pk_vote_log_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote_log_node",
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("node", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["log"], ["vote_log.number"], name=op.f("fk_vote_log_node_log")),
        sa.PrimaryKeyConstraint("log", "level", "index", name=op.f("pk_vote_log_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "tablet", "recorded", "hands", "paper", name="channel", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", core.db.database.Timestamp(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("log_index", sa.Integer(), nullable=True),
        sa.Column("leaf_hash", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("entered_by_name", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("confirmed_by_name", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["user.id"], name=op.f("fk_ballot_confirmed_by")),
        sa.ForeignKeyConstraint(["entered_by"], ["user.id"], name=op.f("fk_ballot_entered_by")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_poll_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_ballot_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint(
            "poll_id", "user_id", "revision", name=op.f("uq_ballot_poll_id_user_id_revision")
        ),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(
            "uq_ballot_waiting",
            ["poll_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("log_index IS NULL"),
            postgresql_where=sa.text("log_index IS NULL"),
        )

    op.create_table(
        "poll_seat",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_seat_poll_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_poll_seat_user_id")),
        sa.PrimaryKeyConstraint("poll_id", "user_id", name=op.f("pk_poll_seat")),
    )
    op.create_table(
        "poll_tally",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "tablet", "recorded", "hands", "paper", name="channel", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("invalid", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", core.db.database.Timestamp(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_poll_tally_by")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_tally_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "channel", name=op.f("pk_poll_tally")),
    )
