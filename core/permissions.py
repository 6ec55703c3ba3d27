"""Who may do what: one table, put together from the rows that the slices declare.

A row says which roles may take an action. Which roles a person has towards a thing is answered by
the slice that owns the thing (its resolver). What stands in no row is refused.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotAllowed


class Role(StrEnum):
    """Roles of an account (admin, person, meeting creator) and of a person in one meeting (the
    rest)."""

    ADMIN = "admin"
    PERSON = "person"
    MEETING_CREATOR = "meeting_creator"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    GUEST = "guest"


IN_THE_ROOM = frozenset({Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.GUEST})
"""Every role that sits in a meeting's room."""

STAFF = frozenset({Role.CHAIR, Role.SECRETARY})
"""Who runs a meeting."""

Resolver = Callable[[Session, Actor, Any], frozenset[Role]]
Rows = Mapping[StrEnum, Iterable[Role]]


def account_roles(actor: Actor) -> frozenset[Role]:
    """The roles that a person has everywhere."""
    roles = {Role.PERSON}
    if actor.is_admin:
        roles.add(Role.ADMIN)
    if actor.may_create_meetings:
        roles.add(Role.MEETING_CREATOR)
    return frozenset(roles)


class Permissions:
    """The assembled table and the resolvers."""

    def __init__(self) -> None:
        self.rows: dict[str, frozenset[Role]] = {}
        self._resolvers: dict[type, Resolver] = {}

    def declare(self, rows: Rows) -> None:
        """Add a slice's rows; an action declared twice is an error of the program."""
        for action, roles in rows.items():
            if action.value in self.rows:
                raise ValueError(f"permission row declared twice: {action.value}")
            self.rows[action.value] = frozenset(roles)

    def resolve(self, kind: type, resolver: Resolver) -> None:
        """Say who answers for things of this kind."""
        self._resolvers[kind] = resolver

    def roles(self, session: Session, actor: Actor, thing: object | None) -> frozenset[Role]:
        """Every role of this person towards this thing (None: towards the installation)."""
        mine = account_roles(actor)
        if thing is None:
            return mine
        return mine | self._resolvers[type(thing)](session, actor, thing)

    def may(self, session: Session, actor: Actor, action: StrEnum, thing: object | None) -> bool:
        """Whether one of the person's roles may do this: for what a page offers."""
        return bool(self.roles(session, actor, thing) & self.rows[action.value])

    def allow(
        self, session: Session, actor: Actor, action: StrEnum, thing: object | None
    ) -> frozenset[Role]:
        """The person's roles when one of them may do this; NotAllowed otherwise."""
        roles = self.roles(session, actor, thing)
        if not roles & self.rows[action.value]:
            raise NotAllowed(action=action.value)
        return roles
