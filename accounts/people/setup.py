"""First-run setup: creates the first administrator once, with the setup link."""

import hmac
from datetime import timedelta
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.passwords import hashing
from accounts.passwords.password_rules import check_new_password
from accounts.people.service import Line, NewUser, new_account
from accounts.people.unit_service import checked_full_name, checked_unit_name
from accounts.shared.declares import Action, SetupLinkInvalid
from accounts.shared.models import Unit, User
from accounts.shared.name_rules import folded_username
from accounts.shared.queries import has_users
from accounts.sign_in.queries import token_hash
from accounts.sign_in.service import Opened, add_sign_in
from core import clock
from core.app_context import current_context
from core.db.models import Installation
from core.ids import new_id, new_token
from core.transactions.transaction import transaction

LINK_LASTS = timedelta(hours=24)
"""A new start of the server makes a new link."""


class FirstRun(msgspec.Struct, frozen=True):
    """Data of the first-run page. unit_full_name: the name on official documents."""

    token: Line
    unit_name: Line
    username: Line
    password: Annotated[str, Meta(min_length=1, max_length=256)]
    display_name: Line
    unit_full_name: Annotated[str, Meta(max_length=200)] = ""


def make_setup_link(session: Session) -> str:
    """Return a new token for /setup/<token>; earlier links become invalid. The caller commits.

    Only for an installation without accounts.
    """
    token, row = new_token(), session.scalars(select(Installation)).one()
    row.setup_token_hash, row.setup_token_at = token_hash(token), clock.now()
    return token


def link_is_valid(session: Session, token: str) -> bool:
    """Return whether a setup link is valid."""
    row = session.scalars(select(Installation)).one_or_none()
    kept, made_at = (row.setup_token_hash, row.setup_token_at) if row else (None, None)
    if made_at is None or clock.now() - made_at > LINK_LASTS:
        return False
    return (
        kept is not None and hmac.compare_digest(kept, token_hash(token)) and not has_users(session)
    )


def finish_setup(first: FirstRun, *, device: str) -> Opened:
    """Create the first unit and its administrator, and sign the administrator in.

    Raises: SetupLinkInvalid, WeakPassword, InvalidInput, SignInBusy.
    """
    with current_context().database.read() as session:
        if not link_is_valid(session, first.token):
            raise SetupLinkInvalid()
    check_new_password(first.password, folded_username(first.username))
    hashed = hashing.hashed(first.password)
    with transaction() as tx:
        if not link_is_valid(tx.session, first.token):
            raise SetupLinkInvalid()
        unit = Unit(
            id=new_id(),
            name=checked_unit_name(first.unit_name),
            full_name=checked_full_name(first.unit_full_name),
            created_at=tx.at,
        )
        new = NewUser(first.username, first.display_name, is_admin=True, may_create_meetings=True)
        user: User = new_account(tx, new, unit, hashed)
        tx.session.add(unit)
        tx.session.flush()
        tx.session.scalars(select(Installation)).one().setup_token_hash = None
        opened = add_sign_in(tx, user, device, password_given=True)
        tx.audit(opened.actor, Action.SETUP_FINISH, user, unit=unit.name)
    return opened
