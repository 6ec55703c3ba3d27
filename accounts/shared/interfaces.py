"""Hooks between accounts and other features, which accounts does not import.

The composition root registers: whether a user is in a meeting in session, a listener that closes
the sockets of a revoked sign-in, listeners that publish new names of users and units.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core.transactions.transaction import Tx

KeepsAwake = Callable[[Session, str], bool]
RevokedListener = Callable[[Sequence[str]], None]
PersonChangedListener = Callable[[Tx, User], None]
UnitChangedListener = Callable[[Tx, Unit], None]

_keeps_awake: list[KeepsAwake] = []
_revoked: list[RevokedListener] = []
_person_changed: list[PersonChangedListener] = []
_unit_changed: list[UnitChangedListener] = []


def keeps_awake(answer: KeepsAwake) -> None:
    """Register `answer(session, user_id)`: whether the user's expired sign-ins stay valid."""
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


def forget_all() -> None:
    """Remove all registrations, before an app is assembled again."""
    for listeners in (_keeps_awake, _revoked, _person_changed, _unit_changed):
        listeners.clear()


def is_kept_awake(session: Session, user_id: str) -> bool:
    """Return whether a registered check keeps the user's expired sign-ins valid."""
    return any(answer(session, user_id) for answer in _keeps_awake)


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
