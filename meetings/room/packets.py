"""Packets that the server sends to the clients of a room.

`core.realtime.broadcast` encodes a packet once for each audience and omits fields that are UNSET.
`core.db.room_events` builds durable events from rows; a test checks them against these types.
"""

from typing import Any

from msgspec import UNSET, UnsetType

from meetings.presentation.packets import Packet, RoomLivePacket
from meetings.room.live_strokes import WetStroke
from meetings.room.presence_rules import Whereabouts
from meetings.voting.poll_facts import VoteProgress


class RoomEventPacket(Packet, frozen=True):
    """A durable event of the room. Events are in order; a gap in `seq` means that one is missing.

    An event that the role may not see has the same seq, `type: "hidden"`, and omits the last three
    fields.
    """

    v: int
    epoch: str
    seq: int
    type: str
    at: str | UnsetType = UNSET
    actor: str | None | UnsetType = UNSET
    data: dict[str, Any] | UnsetType = UNSET


class MineEventPacket(Packet, frozen=True):
    """A durable event of the user stream, which has its own `seq`."""

    v: int
    epoch: str
    seq: int
    type: str
    at: str
    data: dict[str, Any]


class RoomTickPacket(Packet, frozen=True):
    """Pointer and ink, at most 15 times a second. `pointer`: page fractions; null: lifted."""

    pointer: tuple[float, float] | None | UnsetType = UNSET
    ink: list[WetStroke] | UnsetType = UNSET


class PagePeople(Packet, frozen=True):
    """The number of people who have a page open."""

    document_id: str
    page: int
    people: int


class RoomPresencePacket(Packet, frozen=True):
    """Presence, at most once a second. `joined`: people who joined this sitting, the base of all.

    `presenter`: the category in which the presenter is counted. `seq`: of the room's durable
    events, so that clients notice a lost last event. `online_ids` and `lost_ids` are for chairs and
    secretaries, `pages` for them and the presenter.
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
    """Processing of a document, for chairs and secretaries. `done`: rendered pages of `total`."""

    document_id: str
    version: int
    status: str
    done: int
    total: int


class RoomVotesPacket(VoteProgress, Packet, frozen=True):
    """The progress of an open poll, once a second. It never contains choices.

    `waiting` (ids of people who have not voted), `unconfirmed` and `tallied` are for chairs and
    secretaries.
    """


class ResyncPacket(Packet, frozen=True):
    """The client must discard its state, join again and take a fresh snapshot."""

    reason: str


class SessionRevokedPacket(Packet, frozen=True):
    """The sign-in has ended; the server then closes the socket."""

    reason: str


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
"""All packets by name."""
