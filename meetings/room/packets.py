"""Packets that the server sends to the clients of a room, and acknowledgements.

`core.realtime.broadcast` encodes a packet once for each audience; fields that are UNSET are left
out. Durable events are packed in `core.db.room_events`, from rows; a test holds them to the shapes
here.
"""

from typing import Any

from msgspec import UNSET, UnsetType

from meetings.presentation.packets import Packet, RoomLivePacket
from meetings.room.live_strokes import WetStroke
from meetings.room.presence_rules import Whereabouts
from meetings.room.snapshot import Snapshot
from meetings.voting.poll_facts import VoteProgress


class RoomEventPacket(Packet, frozen=True):
    """A durable event of the room, in order and without gaps: a gap means that one is missing.

    What this role may not see has the same seq and `type: "hidden"`, without the last three fields.
    """

    v: int
    epoch: str
    seq: int
    type: str
    at: str | UnsetType = UNSET
    actor: str | None | UnsetType = UNSET
    data: dict[str, Any] | UnsetType = UNSET


class MineEventPacket(Packet, frozen=True):
    """A durable event of this person alone, with a seq of its own."""

    v: int
    epoch: str
    seq: int
    type: str
    at: str
    data: dict[str, Any]


class RoomTickPacket(Packet, frozen=True):
    """What moves, merged, at most 15 times a second. `pointer`: page fractions; null: lifted."""

    pointer: tuple[float, float] | None | UnsetType = UNSET
    ink: list[WetStroke] | UnsetType = UNSET


class PagePeople(Packet, frozen=True):
    """How many people look at a page."""

    document_id: str
    page: int
    people: int


class RoomPresencePacket(Packet, frozen=True):
    """Who is here, at most once a second. `joined`: who came in this sitting, the base of the rest.

    `presenter`: as what the person who presents is counted among these. `seq`: of the room's
    durable events, so that a lost last one is noticed. `online_ids` and `lost_ids` are for chairs
    and secretaries, `pages` for them and for who presents.
    """

    joined: int
    online: int
    following: int
    lost: int
    presenter: Whereabouts
    seq: int
    online_ids: list[str] | UnsetType = UNSET
    lost_ids: list[str] | UnsetType = UNSET
    pages: list[PagePeople] | UnsetType = UNSET


class RoomProgressPacket(Packet, frozen=True):
    """A paper is being processed: to chairs and secretaries. `done` of `total` pages are drawn."""

    document_id: str
    version: int
    status: str
    done: int
    total: int


class RoomVotesPacket(VoteProgress, Packet, frozen=True):
    """How far an open vote has come, once a second. Nothing about choices, for anybody.

    `waiting` (ids of those who have not sent), `unconfirmed` and `tallied` are for chairs and
    secretaries.
    """


class ResyncPacket(Packet, frozen=True):
    """Join again without what is known, and take a fresh snapshot."""

    reason: str


class SessionRevokedPacket(Packet, frozen=True):
    """This sign-in is over; the socket closes after it."""

    reason: str


class JoinedAck(Packet, frozen=True):
    """Of room.join: a snapshot, or what was missed after the seq that the tablet had."""

    epoch: str
    seq: int
    mine_seq: int
    live: RoomLivePacket
    snapshot: Snapshot | UnsetType = UNSET
    events: list[RoomEventPacket] | UnsetType = UNSET
    mine: list[MineEventPacket] | UnsetType = UNSET
    votes: list[RoomVotesPacket] | UnsetType = UNSET


class TurnedAck(Packet, frozen=True):
    """Of page.turn: the order of the turn."""

    term: int
    rev: int


class DoneAck(Packet, frozen=True):
    """Of everything else: nothing besides `ok`."""


PACKETS: dict[str, type[Packet]] = {
    "room.event": RoomEventPacket,
    "mine.event": MineEventPacket,
    "room.live": RoomLivePacket,
    "room.tick": RoomTickPacket,
    "room.presence": RoomPresencePacket,
    "room.progress": RoomProgressPacket,
    "room.votes": RoomVotesPacket,
    "resync": ResyncPacket,
    "session.revoked": SessionRevokedPacket,
}
"""What is sent, by name."""

ACKS: dict[str, type[Packet]] = {"room.join": JoinedAck, "page.turn": TurnedAck}
"""What an event is acknowledged with besides `ok`, where that is anything."""
