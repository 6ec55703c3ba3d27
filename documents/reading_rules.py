"""Rules for read access to documents and versions. Pure functions."""

from core.permissions import IN_THE_ROOM, STAFF, Role

PREPARERS = STAFF | {Role.ADMIN}
"""Roles that prepare documents. They may read documents before publication."""


def readers(*, published: bool, open_to_guests: bool) -> frozenset[Role]:
    """The roles of a room that may read a document."""
    if not published:
        return STAFF
    return IN_THE_ROOM if open_to_guests else IN_THE_ROOM - {Role.GUEST}


def may_read(roles: frozenset[Role], *, published: bool, open_to_guests: bool) -> bool:
    """Whether these roles permit reading the document."""
    reading = readers(published=published, open_to_guests=open_to_guests)
    return bool(roles & (reading | PREPARERS))


def version_shown(roles: frozenset[Role], *, wanted: int, first: int, current: int) -> bool:
    """Whether these roles permit reading a version.

    first: the version that was current when the document was published. Versions that were replaced
    before publication, and versions newer than the current one, are for preparers only.
    """
    return first <= wanted <= current or bool(roles & PREPARERS)
