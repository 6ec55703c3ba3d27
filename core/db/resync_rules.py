"""Decides how a reconnecting client resynchronises. Pure: no database, no clock, no request."""

KEPT = 10_000
"""Event rows retained for each room."""

AT_ONCE = 500
"""Maximum number of missed events that are sent; above it the client takes a snapshot."""


def may_catch_up(epoch: str, seq: int, said_epoch: str | None, said_seq: int | None) -> bool:
    """Return whether the events after `said_seq` suffice; otherwise the client needs a snapshot.

    epoch, seq: the room's current values. said_*: the client's values. A client with a higher
    seq or another epoch needs a snapshot.
    """
    if said_epoch != epoch or said_seq is None:
        return False
    return 0 <= seq - said_seq <= AT_ONCE
