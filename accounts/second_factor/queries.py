"""The state of the own second factor."""

import msgspec
from sqlalchemy import func, select

from accounts.shared.models import RecoveryCode, User
from core.actor import Actor
from core.app_context import current_context


class SecondFactorView(msgspec.Struct, frozen=True):
    """required: the settings require it of this account. codes_left: unused recovery codes."""

    enabled: bool
    required: bool
    codes_left: int


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
