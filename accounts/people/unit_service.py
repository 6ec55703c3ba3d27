"""Services of units, for administrators."""

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.shared.declares import Action, UnitInUse, UnknownUnit
from accounts.shared.interfaces import publish_unit_changed
from accounts.shared.models import Unit
from accounts.shared.queries import UnitView, unit_view
from accounts.shared.unit_rules import check_parent
from accounts.sign_in.service import Done
from core.actor import Actor
from core.errors import InvalidInput
from core.ids import new_id
from core.transactions.transaction import transaction


class NewUnit(msgspec.Struct, frozen=True):
    """A new unit, with or without a parent. full_name: the name on official documents."""

    name: str
    full_name: str = ""
    parent_id: str | None = None


class UnitChanges(msgspec.Struct, frozen=True):
    """Changes of a unit; an omitted field is not changed. full_name "": derived from the name."""

    name: str | UnsetType = UNSET
    full_name: str | UnsetType = UNSET
    parent_id: str | UnsetType | None = UNSET


def add_unit(actor: Actor, new: NewUnit) -> UnitView:
    """Create a unit. Raises: NotAllowed, UnknownUnit (the parent), InvalidInput."""
    with transaction() as tx:
        tx.allow(actor, Action.UNIT_ADD, None)
        _check_known(tx.session, new.parent_id)
        unit = Unit(
            id=new_id(),
            name=checked_unit_name(new.name),
            full_name=checked_full_name(new.full_name),
            parent_id=new.parent_id,
            created_at=tx.at,
        )
        tx.session.add(unit)
        tx.session.flush()
        tx.audit(actor, Action.UNIT_ADD, unit, name=unit.name)
        return tx.answers(unit_view(tx.session, unit))


def change_unit(actor: Actor, unit_id: str, changes: UnitChanges) -> UnitView:
    """Rename or move a unit.

    Raises: NotAllowed, NotFound, UnknownUnit (the parent), UnitInsideItself, InvalidInput.
    """
    with transaction() as tx:
        tx.allow(actor, Action.UNIT_CHANGE, None)
        unit = tx.lock(Unit, unit_id)
        if changes.name is not UNSET:
            unit.name = checked_unit_name(changes.name)
        if changes.full_name is not UNSET:
            unit.full_name = checked_full_name(changes.full_name)
        if changes.parent_id is not UNSET:
            _check_known(tx.session, changes.parent_id)
            check_parent(_parents(tx.session), unit.id, changes.parent_id)
            unit.parent_id = changes.parent_id
        tx.session.flush()
        if changes.name is not UNSET:
            publish_unit_changed(tx, unit)
        tx.audit(actor, Action.UNIT_CHANGE, unit, name=unit.name)
        return tx.answers(unit_view(tx.session, unit))


def remove_unit(actor: Actor, unit_id: str) -> Done:
    """Delete a unit without dependents. Raises: NotAllowed, NotFound, UnitInUse."""
    with transaction() as tx:
        tx.allow(actor, Action.UNIT_REMOVE, None)
        unit = tx.lock(Unit, unit_id)
        tx.audit(actor, Action.UNIT_REMOVE, unit, name=unit.name)
        try:
            tx.session.delete(unit)
            tx.session.flush()
        except IntegrityError:
            raise UnitInUse() from None
        return tx.answers(Done(id=unit_id))


def checked_unit_name(given: str) -> str:
    """Normalise a unit's name to one line. Raises: InvalidInput."""
    name = " ".join(given.split())
    if not 0 < len(name) <= 200:
        raise InvalidInput(("name", "1 to 200 characters"))
    return name


def checked_full_name(given: str) -> str:
    """Normalise a unit's official name to one line; it may be empty. Raises: InvalidInput."""
    name = " ".join(given.split())
    if len(name) > 200:
        raise InvalidInput(("full_name", "at most 200 characters"))
    return name


def _check_known(session: Session, unit_id: str | None) -> None:
    if unit_id is not None and session.get(Unit, unit_id) is None:
        raise UnknownUnit()


def _parents(session: Session) -> dict[str, str | None]:
    return dict(session.execute(select(Unit.id, Unit.parent_id)).all())
