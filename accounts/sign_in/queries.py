"""Queries of sign-ins: by cookie token, by id, and a user's own devices."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from cachetools import TTLCache
from sqlalchemy import bindparam, select

from accounts.shared.declares import Action
from accounts.shared.interfaces import is_kept_awake
from accounts.shared.models import SignIn, User
from accounts.sign_in.sign_in_rules import Pending, Standing, pending, standing
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedQuery

_replaced: TTLCache[str, str] = TTLCache(maxsize=1_000, ttl=30)
"""Hashes of replaced tokens, and the ids of their sign-ins."""


class FoundSignIn(msgspec.Struct, frozen=True):
    """A sign-in with its user and its current standing."""

    id: str
    standing: Standing
    user_id: str
    username: str
    display_name: str
    is_admin: bool
    may_create_meetings: bool
    last_seen_at: datetime
    pending: Pending | None


class SignInView(msgspec.Struct, frozen=True):
    """A device on which the user is signed in. `current`: the device of this request."""

    id: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


class SignInList(msgspec.Struct, frozen=True):
    """A user's devices, all in one page."""

    items: Sequence[SignInView]
    next: str | None = None


def token_hash(token: str) -> str:
    """Return the stored hash of a cookie's token. 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(token: str) -> FoundSignIn | None:
    """Return the sign-in of a cookie's token, whatever its standing; None when unknown."""
    hashed = token_hash(token)
    row = _BY_TOKEN.fetch_one(current_context().database, of=hashed)
    if row is None and (sign_in_id := _replaced.get(hashed)) is not None:
        row = _BY_ID.fetch_one(current_context().database, of=sign_in_id)
    return _found(row)


def note_replaced(hashed: str, sign_in_id: str) -> None:
    """Accept a token that was replaced a little longer: requests are under way with it, and the
    answer with the new one may have been lost."""
    _replaced[hashed] = sign_in_id


def valid_actor(sign_in_id: str) -> Actor | None:
    """Return the actor of a valid sign-in, for the worker; None for others, also where something
    has to be done first (`Pending`)."""
    found = _found(_BY_ID.fetch_one(current_context().database, of=sign_in_id))
    if found is None or found.standing is not Standing.VALID or found.pending is not None:
        return None
    return actor_of(found)


def actor_of(found: FoundSignIn) -> Actor:
    """Return the actor of a sign-in, whatever its standing."""
    return Actor(
        found.user_id, found.display_name, found.is_admin, found.id, found.may_create_meetings
    )


def sign_in_is_valid(sign_in_id: str) -> bool:
    """Return whether a sign-in is valid; for sockets, which outlive requests."""
    found = _found(_BY_ID.fetch_one(current_context().database, of=sign_in_id))
    return found is not None and found.standing is Standing.VALID


def list_sign_ins(actor: Actor) -> SignInList:
    """Return the actor's valid sign-ins, the most recently used first."""
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.SESSION_LIST, None)
        rows = session.scalars(
            select(SignIn)
            .where(SignIn.user_id == actor.user_id, SignIn.revoked_at.is_(None))
            .order_by(SignIn.last_seen_at.desc())
        ).all()
        valid = [row for row in rows if _standing_of(row, active=True) is Standing.VALID]
        return SignInList([_view(row, actor) for row in valid])


def _found(row: "_SignInRow | None") -> FoundSignIn | None:
    if row is None:
        return None
    return FoundSignIn(
        id=row.id,
        standing=_standing_of(row, active=row.active),
        user_id=row.user_id,
        username=row.username,
        display_name=row.display_name,
        is_admin=row.is_admin,
        may_create_meetings=row.may_create_meetings,
        last_seen_at=row.last_seen_at,
        pending=_pending(row),
    )


def _pending(row: "_SignInRow") -> Pending | None:
    config = current_context().config
    if config.demo:
        return None  # Its passwords stand in a file, and everybody may sit anywhere.
    return pending(
        is_staff=row.is_admin or row.may_create_meetings,
        password_generated=row.password_generated,
        has_factor=row.totp_secret is not None,
        factor_required=config.require_second_factor,
    )


def _standing_of(row: "_SignInRow | SignIn", *, active: bool) -> Standing:
    """Return the standing of a sign-in; a meeting in session makes a sleeping one valid."""
    found = standing(
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        active=active,
        now=clock.now(),
    )
    if found is not Standing.ASLEEP:
        return found
    if row.room_id is None:
        return Standing.EXPIRED
    with current_context().database.read() as session:
        awake = is_kept_awake(session, row.user_id, row.room_id)
    return Standing.VALID if awake else Standing.EXPIRED


def _view(row: SignIn, actor: Actor) -> SignInView:
    return SignInView(
        id=row.id,
        device=row.device,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        current=row.id == actor.sign_in_id,
    )


class _SignInRow(NamedTuple):
    id: str
    user_id: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    room_id: str | None
    last_seen_at: datetime
    username: str
    display_name: str
    is_admin: bool
    may_create_meetings: bool
    active: bool
    password_generated: bool
    totp_secret: str | None


# Every request of every client begins with one of these.
_sign_ins, _users = table_of(SignIn), table_of(User)
_FOUND = select(
    *(_sign_ins.c[name] for name in _SignInRow._fields[:7]),
    *(_users.c[name] for name in _SignInRow._fields[7:]),
).join(_users, _users.c.id == _sign_ins.c.user_id)
_BY_TOKEN = PreparedQuery(_FOUND.where(_sign_ins.c.token_hash == bindparam("of")), _SignInRow)
_BY_ID = PreparedQuery(_FOUND.where(_sign_ins.c.id == bindparam("of")), _SignInRow)
