"""Permissions: one table of actions and roles, assembled from the rows that features declare.

A row names the roles that may perform an action. The feature that owns a resource declares its
resolver, which returns an actor's roles for that resource. An action without a row is refused.
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
"""The roles that participate in a meeting."""

STAFF = frozenset({Role.CHAIR, Role.SECRETARY})
"""The roles that run a meeting."""

Resolver = Callable[[Session, Actor, Any], frozenset[Role]]
Rows = Mapping[StrEnum, Iterable[Role]]


def account_roles(actor: Actor) -> frozenset[Role]:
    """Return the roles of the account, which hold everywhere."""
    roles = {Role.PERSON}
    if actor.is_admin:
        roles.add(Role.ADMIN)
    if actor.may_create_meetings:
        roles.add(Role.MEETING_CREATOR)
    return frozenset(roles)


class Permissions:
    """The assembled permission table and the role resolvers."""

    def __init__(self) -> None:
        self.rows: dict[str, frozenset[Role]] = {}
        self._resolvers: dict[type, Resolver] = {}

    def declare(self, rows: Rows) -> None:
        """Add rows. Raises: ValueError for an action that is declared twice."""
        for action, roles in rows.items():
            if action.value in self.rows:
                raise ValueError(f"permission row declared twice: {action.value}")
            self.rows[action.value] = frozenset(roles)

    def resolve(self, kind: type, resolver: Resolver) -> None:
        """Register the role resolver for resources of this type."""
        self._resolvers[kind] = resolver

    def roles(self, session: Session, actor: Actor, thing: object | None) -> frozenset[Role]:
        """Return the actor's roles for the resource (None: for the installation)."""
        mine = account_roles(actor)
        if thing is None:
            return mine
        return mine | self._resolvers[type(thing)](session, actor, thing)

    def may(self, session: Session, actor: Actor, action: StrEnum, thing: object | None) -> bool:
        """Return whether one of the actor's roles permits the action, for building pages."""
        return bool(self.roles(session, actor, thing) & self.rows[action.value])

    def allow(
        self, session: Session, actor: Actor, action: StrEnum, thing: object | None
    ) -> frozenset[Role]:
        """Return the actor's roles for the resource. Raises: NotAllowed when none permits it."""
        return self._checked(action, self.roles(session, actor, thing))

    def allow_in_room(
        self, actor: Actor, action: StrEnum, room_roles: frozenset[Role]
    ) -> frozenset[Role]:
        """As `allow`, for roles in the resource's room that were read with other data."""
        return self._checked(action, account_roles(actor) | room_roles)

    def _checked(self, action: StrEnum, roles: frozenset[Role]) -> frozenset[Role]:
        if not roles & self.rows[action.value]:
            raise NotAllowed(action=action.value)
        return roles
