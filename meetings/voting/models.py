"""Tables of voting: custom rule packs, polls, rosters, ballots, tallies, logs. Nothing cascades."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base
from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.rules.tally_rules import Channel


class PollStatus(StrEnum):
    """State of a poll. `void`: an open secret poll that lost its key."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    VOID = "void"


class Poll(Base):
    """A question that was or will be put to the vote.

    options: JSON [{key, label}, …]. opening, closing, ending: JSON of `poll_facts.Opening`,
    `poll_facts.Closing` and `poll_facts.Ending`, written at that moment. tellers: JSON of
    `report_facts.TellersRecord`. rule: a copy, taken at the last change of the draft, taken again
    and frozen at opening. revision: rises with each change of the draft.
    """

    __tablename__ = "poll"
    __table_args__ = (Index("ix_poll_meeting", "meeting_id", "position"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"))
    agenda_item_id: Mapped[str | None] = mapped_column(ForeignKey("agenda_item.id"), default=None)
    document_id: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int | None] = mapped_column(default=None)
    position: Mapped[int]
    title: Mapped[str]
    question: Mapped[str]
    method: Mapped[PollMethod]
    rule_id: Mapped[str]
    rule: Mapped[str] = mapped_column(Text)
    options: Mapped[str] = mapped_column(Text)
    allow_change: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    timer_seconds: Mapped[int | None] = mapped_column(default=None)
    repeats: Mapped[str | None] = mapped_column(ForeignKey("poll.id"), default=None)
    status: Mapped[PollStatus]
    created_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    opening: Mapped[str | None] = mapped_column(Text, default=None)
    closing: Mapped[str | None] = mapped_column(Text, default=None)
    ending: Mapped[str | None] = mapped_column(Text, default=None)
    tellers: Mapped[str | None] = mapped_column(Text, default=None)


class PollSeat(Base):
    """One entitled person of an opened poll, frozen at opening with the name at that time."""

    __tablename__ = "poll_seat"
    poll_id: Mapped[str] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    present: Mapped[bool]


class Ballot(Base):
    """One ballot of one person: committed in the log, or waiting for confirmation.

    revision, log_index, leaf_hash: None while a recorded ballot waits for the second person. salt:
    of the commitment, disclosed in the log at closing. leaf_hash: hex. log_id, note, proof: of the
    receipt (`poll_facts.Receipt`); proof: hashes of 32 bytes, leaf first; note, proof: None for
    ballots cast before receipts were signed.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("poll_id", "user_id", "revision"),
        Index(
            "uq_ballot_waiting",
            "poll_id",
            "user_id",
            unique=True,
            sqlite_where=text("log_index IS NULL"),
            postgresql_where=text("log_index IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    poll_id: Mapped[str] = mapped_column(ForeignKey("poll.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    choice: Mapped[str]
    channel: Mapped[Channel]
    at: Mapped[datetime]
    revision: Mapped[int | None] = mapped_column(default=None)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    log_index: Mapped[int | None] = mapped_column(default=None)
    leaf_hash: Mapped[str | None] = mapped_column(default=None)
    log_id: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(Text, default=None)
    proof: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"), default=None)
    entered_by_name: Mapped[str | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"), default=None)
    confirmed_by_name: Mapped[str | None] = mapped_column(default=None)


class PollTally(Base):
    """The last entered tally of one channel. counts: JSON {key: number}."""

    __tablename__ = "poll_tally"
    poll_id: Mapped[str] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(primary_key=True)
    counts: Mapped[str] = mapped_column(Text)
    issued: Mapped[int | None] = mapped_column(default=None)
    returned: Mapped[int | None] = mapped_column(default=None)
    invalid: Mapped[int | None] = mapped_column(default=None)
    by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str]
    at: Mapped[datetime]


class InstallationKeys(Base):
    """A single row: the public keys of this installation. keys: JSON of `parts.LogKeys`, whose
    rotations are signed for the name `parts.INSTALLATION` instead of a log id."""

    __tablename__ = "installation_keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    keys: Mapped[str] = mapped_column(Text)


class VoteLog(Base):
    """A log of a meeting; after a restore a new log continues it. `number`: short key for its rows.

    size: number of entries. peaks: the nodes of the perfect subtrees that the tree consists of, 32
    bytes each, largest first; an append reads no other nodes. note: the signed checkpoint of this
    size; unlike those of VoteLogCheckpoint it is not public while it covers sealed ballots. vkey:
    the key in force. keys: JSON of `parts.LogKeys`. continues: JSON of the head of the preceding
    log.
    """

    __tablename__ = "vote_log"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    log_id: Mapped[str] = mapped_column(unique=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    size: Mapped[int]
    peaks: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str] = mapped_column(Text, server_default="")
    vkey: Mapped[str]
    keys: Mapped[str] = mapped_column(Text)
    continues: Mapped[str | None] = mapped_column(Text, default=None)


class VoteLogEntry(Base):
    """One entry. line: its canonical bytes."""

    __tablename__ = "vote_log_entry"
    __table_args__ = ({"sqlite_with_rowid": False},)
    log: Mapped[int] = mapped_column(ForeignKey("vote_log.number"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[bytes] = mapped_column(LargeBinary)


class VoteLogNode(Base):
    """One node of a log's Merkle tree: the root of a perfect subtree, 32 bytes, never changed."""

    __tablename__ = "vote_log_node"
    __table_args__ = ({"sqlite_with_rowid": False},)
    log: Mapped[int] = mapped_column(ForeignKey("vote_log.number"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[bytes] = mapped_column(LargeBinary)


class VoteLogCheckpoint(Base):
    """A public checkpoint of a log at a size, as a signed note."""

    __tablename__ = "vote_log_checkpoint"
    __table_args__ = ({"sqlite_with_rowid": False},)
    log: Mapped[int] = mapped_column(ForeignKey("vote_log.number"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(Text)
