"""Queries of accounts: users and units, shaped for the API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from accounts.shared.declares import Action
from accounts.shared.models import Unit, User
from accounts.shared.name_rules import fold
from accounts.shared.unit_rules import full_unit_name
from core.actor import Actor
from core.app_context import current_context
from core.errors import InvalidInput
from core.pagination import cursor_of, read_cursor


class UnitView(msgspec.Struct, frozen=True):
    """A unit. `people`: number of active accounts that belong to it directly.

    full_name: the name on official documents; derived from `name` when none was given.
    """

    id: str
    name: str
    full_name: str
    parent_id: str | None
    people: int


class UserView(msgspec.Struct, frozen=True):
    """A user account as administrators see it.

    may_create_meetings: the right granted to the account; administrators need no grant.
    """

    id: str
    username: str
    display_name: str
    unit_id: str | None
    unit: str | None
    position: str
    is_admin: bool
    active: bool
    has_password: bool
    created_at: datetime
    may_create_meetings: bool = False
    second_factor: bool = False


class PersonView(msgspec.Struct, frozen=True):
    """A user as other users see it in a search. `unit`: the unit's name."""

    id: str
    display_name: str
    position: str
    unit: str | None


class Page(msgspec.Struct, frozen=True):
    """One page of a list. `next`: the cursor of the next page, null on the last page."""

    items: Sequence[Any]
    next: str | None = None


class Search(msgspec.Struct, frozen=True):
    """Search of users; every word of `q` must match, accents are ignored."""

    q: str = ""
    cursor: str | None = None
    limit: int = msgspec.field(default=50)
    active: bool | None = None


def list_users(actor: Actor, search: Search) -> Page:
    """Return accounts sorted by name. Raises: NotAllowed, InvalidInput (cursor)."""
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.USER_LIST, None)
        found, following = _people(session, search)
        return Page([user_view(person) for person in found], following)


def find_people(actor: Actor, search: Search) -> Page:
    """Return active users sorted by name, for choosing participants. Raises: InvalidInput."""
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.PEOPLE_FIND, None)
        found, following = _people(session, msgspec.structs.replace(search, active=True))
        views = [
            PersonView(one.id, one.display_name, one.position, one.unit.name if one.unit else None)
            for one in found
        ]
        return Page(views, following)


def list_units(actor: Actor) -> Page:
    """Return every unit, sorted by name."""
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.UNIT_LIST, None)
        counts = _people_in_units(session)
        units = session.scalars(select(Unit)).all()
        ordered = sorted(units, key=lambda unit: (fold(unit.name), unit.name, unit.id))
        return Page([_unit_view(unit, counts.get(unit.id, 0)) for unit in ordered])


def user_view(user: User) -> UserView:
    """Return a user with the unit's name; `user.unit` must be loaded."""
    return UserView(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        unit_id=user.unit_id,
        unit=user.unit.name if user.unit else None,
        position=user.position,
        is_admin=user.is_admin,
        active=user.active,
        has_password=user.password_hash is not None,
        created_at=user.created_at,
        may_create_meetings=user.may_create_meetings,
        second_factor=user.totp_secret is not None,
    )


def unit_view(session: Session, unit: Unit) -> UnitView:
    """Return a unit with the number of its people."""
    return _unit_view(unit, _people_in_units(session).get(unit.id, 0))


def user_by_username(session: Session, username: str) -> User | None:
    """Return the account with this (folded) username; None when there is none."""
    return session.scalar(select(User).where(User.username == username))


def body_name(session: Session) -> str:
    """Return the name of the body that this installation serves: its first unit, or ""."""
    first = first_unit(session)
    return first.name if first else ""


def first_unit(session: Session) -> Unit | None:
    """Return the unit of the body that this installation serves: the oldest root unit."""
    first = select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.created_at).limit(1)
    return session.scalar(first)


def paper_name(unit: Unit) -> str:
    """Return the name of a unit on official documents."""
    return unit.full_name or full_unit_name(unit.name)


def has_users(session: Session) -> bool:
    """Return whether any account exists."""
    return session.scalar(select(User.id).limit(1)) is not None


def _people(session: Session, search: Search) -> tuple[list[User], str | None]:
    if not 1 <= search.limit <= 200:
        raise InvalidInput(("limit", "1 to 200"))
    wanted = _matching(search).options(joinedload(User.unit))
    if search.cursor is not None:
        wanted = wanted.where(
            tuple_(User.name_key, User.id) > read_cursor(search.cursor, tuple[bytes, str])
        )
    ordered = wanted.order_by(User.name_key, User.id).limit(search.limit + 1)
    found = list(session.scalars(ordered))
    if len(found) <= search.limit:
        return found, None
    kept = found[: search.limit]
    return kept, cursor_of(kept[-1].name_key, kept[-1].id)


def _matching(search: Search) -> Select[User]:
    wanted = select(User)
    if search.active is not None:
        wanted = wanted.where(User.active == search.active)
    for word in fold(search.q).split()[:8]:
        wanted = wanted.where(User.search_text.contains(word, autoescape=True))
    return wanted


def _people_in_units(session: Session) -> dict[str, int]:
    counted = (
        select(User.unit_id, func.count())
        .where(User.unit_id.is_not(None), User.active)
        .group_by(User.unit_id)
    )
    return {unit_id: count for unit_id, count in session.execute(counted) if unit_id}


def _unit_view(unit: Unit, people: int) -> UnitView:
    return UnitView(
        id=unit.id,
        name=unit.name,
        full_name=paper_name(unit),
        parent_id=unit.parent_id,
        people=people,
    )
