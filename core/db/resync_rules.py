"""What a tablet that comes back is told. Pure: no database, no clock, no request."""

KEPT = 10_000
"""Event rows kept for each room."""

AT_ONCE = 500
"""More missing events than this are better told as a fresh snapshot."""


def may_catch_up(epoch: str, seq: int, said_epoch: str | None, said_seq: int | None) -> bool:
    """Whether the events after `said_seq` are enough; otherwise a snapshot is needed.

    epoch, seq: of the room now. said_*: what the tablet has. A tablet that knows more
    than the room, or another history, needs a snapshot.
    """
    if said_epoch != epoch or said_seq is None:
        return False
    return 0 <= seq - said_seq <= AT_ONCE
