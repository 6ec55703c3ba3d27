"""Who may read which paper. Pure: values in, values out."""

from core.permissions import IN_THE_ROOM, STAFF, Role

PREPARERS = STAFF | {Role.ADMIN}
"""Who prepares papers, and so sees them before everybody else."""


def readers(*, published: bool, open_to_guests: bool) -> frozenset[Role]:
    """The roles of a room that may read a paper."""
    if not published:
        return STAFF
    return IN_THE_ROOM if open_to_guests else IN_THE_ROOM - {Role.GUEST}


def may_read(roles: frozenset[Role], *, published: bool, open_to_guests: bool) -> bool:
    """Whether someone with these roles may read the paper."""
    reading = readers(published=published, open_to_guests=open_to_guests)
    return bool(roles & (reading | PREPARERS))


def version_shown(roles: frozenset[Role], *, wanted: int, first: int, current: int) -> bool:
    """Whether a version is there for someone.

    first: the one that was current when the paper was published. What was replaced before it was
    ever shown, and what follows the current one, is for preparers.
    """
    return first <= wanted <= current or bool(roles & PREPARERS)
