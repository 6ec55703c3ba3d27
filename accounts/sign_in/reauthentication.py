"""Acts on other people's accounts need the actor's own password again after some minutes.

Somebody who finds an administrator's tablet unlocked cannot make accounts or new passwords with it.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from accounts.shared.declares import PasswordNeeded
from accounts.shared.models import SignIn
from core import clock
from core.actor import Actor
from core.app_context import current_context

P = ParamSpec("P")
T = TypeVar("T")

LASTS = timedelta(minutes=10)


def check_recent_password(session: Session, actor: Actor) -> None:
    """Raises PasswordNeeded if the password of this sign-in was last given too long ago.

    The server's own actor has no sign-in.
    """
    if not actor.sign_in_id:
        return
    row = session.get(SignIn, actor.sign_in_id)
    given_at = row.password_at if row is not None else None
    # A time in the future, after a clock was put back, counts no longer either.
    if given_at is None or abs(clock.now() - given_at) > LASTS:
        raise PasswordNeeded(minutes=int(LASTS.total_seconds()) // 60)


def with_recent_password(
    verb: Callable[Concatenate[Actor, P], T],
) -> Callable[Concatenate[Actor, P], T]:
    """Return the service function, which then raises PasswordNeeded as above."""

    @wraps(verb)
    def checked(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with current_context().database.read() as session:
            check_recent_password(session, actor)
        return verb(actor, *args, **kwargs)

    return checked
