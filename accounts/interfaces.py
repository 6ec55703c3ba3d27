"""What others tell accounts, and what accounts tell others, without knowing them.

The composition root registers here: whether a person sits in a meeting that goes on, who closes
the sockets of a revoked sign-in, who tells the rooms that a person or a unit has a new name.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from accounts.models import Unit, User
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
    """Register `answer(session, user_id)`: must this person's sign-ins stay valid for now?"""
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
    """Unregister everybody: an app is about to be assembled anew."""
    for listeners in (_keeps_awake, _revoked, _person_changed, _unit_changed):
        listeners.clear()


def is_kept_awake(session: Session, user_id: str) -> bool:
    """Whether anything keeps this person's sign-ins from expiring."""
    return any(answer(session, user_id) for answer in _keeps_awake)


def publish_revoked(sign_in_ids: Sequence[str]) -> None:
    """Tell everybody that these sign-ins are over."""
    if sign_in_ids:
        for listener in _revoked:
            listener(sign_in_ids)


def publish_person_changed(tx: Tx, user: User) -> None:
    """Tell everybody, inside the transaction, that a person's name or position is another."""
    for listener in _person_changed:
        listener(tx, user)


def publish_unit_changed(tx: Tx, unit: Unit) -> None:
    """Tell everybody, inside the transaction, that a unit's name is another."""
    for listener in _unit_changed:
        listener(tx, unit)
