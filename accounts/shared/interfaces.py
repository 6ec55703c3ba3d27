"""Hooks between accounts and other features, which accounts does not import.

The composition root registers: whether a user is in a meeting in session, a listener that closes
the sockets of a revoked sign-in, listeners that publish new names of users and units, whether an
account may be taken from its person now, and a listener for passwords set in spite of that.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core.actor import Actor
from core.transactions.transaction import Tx

KeepsAwake = Callable[[Session, str, str], bool]
RevokedListener = Callable[[Sequence[str]], None]
PersonChangedListener = Callable[[Tx, User], None]
UnitChangedListener = Callable[[Tx, Unit], None]

AccountGuard = Callable[[Session, str], None]
PasswordListener = Callable[[Tx, Actor, User, str], None]

_account_guards: list[AccountGuard] = []
_password_set: list[PasswordListener] = []
_keeps_awake: list[KeepsAwake] = []
_revoked: list[RevokedListener] = []
_person_changed: list[PersonChangedListener] = []
_unit_changed: list[UnitChangedListener] = []


def keeps_awake(answer: KeepsAwake) -> None:
    """Register `answer(session, user_id, room_id)`: whether an expired sign-in of this user stays
    valid that joined this room."""
    _keeps_awake.append(answer)


def on_revoked(listener: RevokedListener) -> None:
    """Register `listener(sign_in_ids)`, called after the COMMIT that revoked them."""
    _revoked.append(listener)


def on_person_changed(listener: PersonChangedListener) -> None:
    """Register `listener(tx, user)`, called in the transaction that changed a name or position."""
    _person_changed.append(listener)


def on_unit_changed(listener: UnitChangedListener) -> None:
    """Register `listener(tx, unit)`, called in the transaction that changed a unit's name."""
    _unit_changed.append(listener)


def guards_accounts(check: AccountGuard) -> None:
    """Register `check(session, user_id)`, which raises a refusal while nobody may end or take over
    the account of this person."""
    _account_guards.append(check)


def on_password_set(listener: PasswordListener) -> None:
    """Register `listener(tx, actor, user, reason)`, called when a password was set with a reason,
    which `guards_accounts` would have refused without one."""
    _password_set.append(listener)


def forget_all() -> None:
    """Remove all registrations, before an app is assembled again."""
    registrations: list[list[Any]] = [
        *(_account_guards, _password_set, _keeps_awake),
        *(_revoked, _person_changed, _unit_changed),
    ]
    for registered in registrations:
        registered.clear()


def is_kept_awake(session: Session, user_id: str, room_id: str) -> bool:
    """Return whether a registered check keeps an expired sign-in valid that joined this room."""
    return any(answer(session, user_id, room_id) for answer in _keeps_awake)


def check_account_free(session: Session, user_id: str) -> None:
    """Raises the refusal of a registered check."""
    for check in _account_guards:
        check(session, user_id)


def publish_password_set(tx: Tx, actor: Actor, user: User, reason: str) -> None:
    """Notify the listeners, inside the transaction, of a password that was set with a reason."""
    for listener in _password_set:
        listener(tx, actor, user, reason)


def publish_revoked(sign_in_ids: Sequence[str]) -> None:
    """Notify the listeners that these sign-ins were revoked."""
    if sign_in_ids:
        for listener in _revoked:
            listener(sign_in_ids)


def publish_person_changed(tx: Tx, user: User) -> None:
    """Notify the listeners, inside the transaction, of a user's new name or position."""
    for listener in _person_changed:
        listener(tx, user)


def publish_unit_changed(tx: Tx, unit: Unit) -> None:
    """Notify the listeners, inside the transaction, of a unit's new name."""
    for listener in _unit_changed:
        listener(tx, unit)
