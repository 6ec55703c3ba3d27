"""Services of passkeys: add one, rename, remove."""

from base64 import urlsafe_b64encode

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.second_factor.challenges import Purpose, challenges
from accounts.second_factor.passkey_rules import MOST_PASSKEYS, Site
from accounts.second_factor.passkey_shapes import (
    Ceremony,
    KeyType,
    KnownPasskey,
    NewPasskey,
    PasskeyCreation,
    PasskeyUser,
    PasskeyView,
    RelyingParty,
)
from accounts.second_factor.queries import view_of
from accounts.second_factor.service import ISSUER
from accounts.shared.declares import (
    Action,
    NoPasskeysHere,
    NoSecondFactor,
    PasskeyRefused,
    TooManyPasskeys,
)
from accounts.shared.models import Passkey, User
from accounts.shared.secret_bodies import key_body_and_replay
from core.actor import Actor
from core.app_context import current_context
from core.errors import NotFound
from core.transactions.transaction import Tx, transaction

ALGORITHMS = [-7, -8, -257]
"""COSE numbers, the preferred first: ECDSA P-256 with SHA-256, Ed25519, RSA with SHA-256."""


class PasskeyRemoved(msgspec.Struct, frozen=True):
    """id: of the passkey."""

    id: str


def begin_passkey(actor: Actor, site: Site | None) -> PasskeyCreation:
    """Return what the browser needs to make a passkey.

    Raises: NoPasskeysHere, NoSecondFactor, TooManyPasskeys.
    """
    if site is None:
        raise NoPasskeysHere()
    with current_context().database.read() as session:
        user = session.get_one(User, actor.user_id)
        _check_one_more(session, user)
        here = (Passkey.user_id == user.id, Passkey.rp_id == site.rp_id)
        known = session.scalars(select(Passkey.id).where(*here)).all()
    handle = urlsafe_b64encode(user.id.encode()).decode().rstrip("=")
    return PasskeyCreation(
        challenges.give(Purpose.ADD, user.id),
        RelyingParty(site.rp_id, ISSUER),
        PasskeyUser(handle, user.username, user.display_name),
        [KeyType(one) for one in ALGORITHMS],
        [KnownPasskey(one) for one in known],
    )


def add_passkey(actor: Actor, made: NewPasskey, name: str, ceremony: Ceremony) -> PasskeyView:
    """Keep the public key of a passkey that a browser has made.

    Raises: NoPasskeysHere, PasskeyRefused, NoSecondFactor, TooManyPasskeys.
    """
    # A challenge counts once: a repeated request gets its answer before.
    key_body_and_replay()
    if ceremony.site is None:
        raise NoPasskeysHere()
    if not challenges.take(ceremony.challenge, Purpose.ADD, actor.user_id):
        raise PasskeyRefused()
    # The library takes 7 MB, which a server without passkeys does without.
    from accounts.second_factor.ceremonies import check_new_passkey  # noqa: PLC0415

    key = check_new_passkey(made, ceremony.challenge, ceremony.site, ALGORITHMS)
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        _check_one_more(tx.session, user)
        if tx.session.get(Passkey, key.id) is not None:
            raise PasskeyRefused()
        row = Passkey(
            id=key.id,
            user_id=user.id,
            public_key=key.public_key,
            sign_count=key.sign_count,
            rp_id=ceremony.site.rp_id,
            name=name,
            created_at=tx.at,
        )
        tx.session.add(row)
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="passkey added", passkey=name)
        return tx.answers(view_of(row))


def rename_passkey(actor: Actor, passkey_id: str, name: str) -> PasskeyView:
    """Give an own passkey another name. Raises: NotFound, also for another user's."""
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        row = _own(tx, user, passkey_id)
        row.name = name
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="passkey renamed", passkey=name)
        return tx.answers(view_of(row))


def remove_passkey(actor: Actor, passkey_id: str) -> PasskeyRemoved:
    """Remove an own passkey. Raises: NotFound, also for another user's."""
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        row = _own(tx, user, passkey_id)
        tx.session.delete(row)
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="passkey removed", passkey=row.name)
        return tx.answers(PasskeyRemoved(passkey_id))


def _check_one_more(session: Session, user: User) -> None:
    if user.totp_secret is None:
        raise NoSecondFactor()
    own = select(func.count()).select_from(Passkey).where(Passkey.user_id == user.id)
    if session.scalars(own).one() >= MOST_PASSKEYS:
        raise TooManyPasskeys(most=MOST_PASSKEYS)


def _own(tx: Tx, user: User, passkey_id: str) -> Passkey:
    row = tx.session.get(Passkey, passkey_id)
    if row is None or row.user_id != user.id:
        raise NotFound(kind=Passkey.__name__)
    return row
