"""Acknowledgements of socket events."""

from msgspec import UNSET, UnsetType

from meetings.presentation.packets import Packet, RoomLivePacket
from meetings.room.packets import MineEventPacket, RoomEventPacket, RoomVotesPacket
from meetings.room.snapshot import Snapshot


class JoinedAck(Packet, frozen=True):
    """Acknowledges room.join: a snapshot, or the events after the seq that the client has."""

    epoch: str
    seq: int
    mine_seq: int
    live: RoomLivePacket
    snapshot: Snapshot | UnsetType = UNSET
    events: list[RoomEventPacket] | UnsetType = UNSET
    mine: list[MineEventPacket] | UnsetType = UNSET
    votes: list[RoomVotesPacket] | UnsetType = UNSET


class TurnedAck(Packet, frozen=True):
    """Acknowledges page.turn: the order of the turn."""

    term: int
    rev: int


class DoneAck(Packet, frozen=True):
    """Acknowledges all other events: only `ok`."""


ACKS: dict[str, type[Packet]] = {"room.join": JoinedAck, "page.turn": TurnedAck}
"""Acknowledgements that have fields besides `ok`, by event."""
