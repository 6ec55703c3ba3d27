"""The state of the own second factor, and the own passkeys."""

import msgspec
from sqlalchemy import func, select

from accounts.second_factor.passkey_rules import Site
from accounts.second_factor.passkey_shapes import PasskeyView
from accounts.shared.models import Passkey, RecoveryCode, User
from core.actor import Actor
from core.app_context import current_context


class SecondFactorView(msgspec.Struct, frozen=True):
    """required: the settings require it of this account. codes_left: unused recovery codes."""

    enabled: bool
    required: bool
    codes_left: int


class PasskeyList(msgspec.Struct, frozen=True):
    """available: this address of the server can have passkeys: a host name over HTTPS."""

    available: bool
    items: list[PasskeyView]


def second_factor(actor: Actor) -> SecondFactorView:
    """Return the state of the actor's second factor."""
    unused = RecoveryCode.user_id == actor.user_id, RecoveryCode.used_at.is_(None)
    with current_context().database.read() as session:
        secret, left = session.execute(
            select(
                User.totp_secret,
                select(func.count()).select_from(RecoveryCode).where(*unused).scalar_subquery(),
            ).where(User.id == actor.user_id)
        ).one()
    staff = actor.is_admin or actor.may_create_meetings
    required = current_context().config.require_second_factor and staff
    return SecondFactorView(secret is not None, required, left)


def view_of(row: Passkey) -> PasskeyView:
    """Return a passkey as its owner sees it."""
    return PasskeyView(row.id, row.name, row.rp_id, row.created_at, row.last_used_at)


def passkeys(actor: Actor, site: Site | None) -> PasskeyList:
    """Return the actor's passkeys, the oldest first. site: of the request."""
    own = select(Passkey).where(Passkey.user_id == actor.user_id)
    with current_context().database.read() as session:
        rows = session.scalars(own.order_by(Passkey.created_at, Passkey.id)).all()
    return PasskeyList(site is not None, [view_of(row) for row in rows])
