"""Services of signing in and out, and of a user's own password."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

import msgspec
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from accounts.passwords import hashing
from accounts.passwords.password_rules import check_new_password
from accounts.second_factor.passkey_proofs import ask_for_passkey, check_passkey
from accounts.second_factor.passkey_shapes import Ceremony, PasskeyAnswer
from accounts.second_factor.proofs import Proof, check_code, use_proof
from accounts.shared.declares import (
    AccountInactive,
    Action,
    CodeNeeded,
    InvalidCredentials,
    WrongCode,
    WrongPassword,
)
from accounts.shared.interfaces import publish_revoked
from accounts.shared.models import SignIn, User
from accounts.shared.name_rules import folded_username
from accounts.shared.queries import user_by_username
from accounts.shared.secret_bodies import key_body_and_replay
from accounts.sign_in.limits import Tries
from accounts.sign_in.queries import note_replaced, token_hash
from accounts.sign_in.sign_in_rules import SEEN_EVERY
from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedChange
from core.errors import NotFound, Refusal
from core.ids import new_id, new_token
from core.transactions.transaction import Tx, transaction

NO_CEREMONY = Ceremony(None, "")


class Opened(msgspec.Struct, frozen=True):
    """A new sign-in. `token`: for the cookie only; it is not stored."""

    token: str
    actor: Actor
    username: str


class Done(msgspec.Struct, frozen=True):
    """The answer of an operation without other data. `id`: the id of its target."""

    id: str


def sign_in(
    username: str,
    password: str,
    *,
    device: str,
    tries: Tries,
    previous: str | None = None,
    code: str | None = None,
    passkey: PasskeyAnswer | None = None,
    ceremony: Ceremony = NO_CEREMONY,
) -> Opened:
    """Create a sign-in after checking the password, and the code where the account needs one.

    device: description for the list of devices. previous: id of the sign-in that this one replaces
    on the same device. passkey: signed in place of the code, in this ceremony. Raises:
    InvalidCredentials, AccountInactive, CodeNeeded, WrongCode, TooManyTries, SignInBusy.
    """
    with current_context().database.read() as session:
        found = user_by_username(session, folded_username(username))
        stored = found.password_hash if found else None
    with _about(found):
        tries.check()
        if not _password_matches(found, password, tries) or found is None:
            raise InvalidCredentials()
        if not found.active:
            raise AccountInactive()
        proof = _proof(found, tries, code, passkey, ceremony)
        tries.forgive()
        return open_sign_in(found.id, device=device, previous=previous, knowing=stored, proof=proof)


def open_sign_in(
    user_id: str,
    *,
    device: str,
    previous: str | None = None,
    knowing: str | None = None,
    proof: Proof | None = None,
) -> Opened:
    """Create a sign-in without checking a password; the caller has authenticated the user.

    knowing: the password hash that was checked; it must still be the current one. proof: of the
    second factor. Raises: NotFound, AccountInactive, InvalidCredentials (the password was changed
    meanwhile), CodeNeeded (the factor was set meanwhile), WrongCode (its code was used meanwhile).
    """
    with transaction() as tx:
        user = tx.lock(User, user_id)
        if not user.active:
            raise AccountInactive()
        if knowing is not None and user.password_hash != knowing:
            raise InvalidCredentials()
        if proof is not None:
            use_proof(tx, user, proof)
        elif knowing is not None and user.totp_secret is not None:
            raise CodeNeeded()
        opened = add_sign_in(tx, user, device, password_given=knowing is not None)
        replaced = _revoke_replaced(tx, previous)
    publish_revoked(replaced)
    return opened


def add_sign_in(tx: Tx, user: User, device: str, *, password_given: bool = False) -> Opened:
    """Insert a sign-in's row in an open transaction. password_given: see
    `reauthentication.check_recent_password`."""
    token = new_token()
    row = SignIn(
        id=new_id(),
        token_hash=token_hash(token),
        user_id=user.id,
        device=device,
        created_at=tx.at,
        last_seen_at=tx.at,
        expires_at=tx.at + _lifetime(),
        password_at=tx.at if password_given else None,
    )
    tx.session.add(row)
    actor = Actor(user.id, user.display_name, user.is_admin, row.id, user.may_create_meetings)
    tx.audit(actor, Action.SESSION_OPEN, row, device=device)
    return Opened(token, actor, user.username)


def sign_out(actor: Actor) -> None:
    """Revoke the sign-in of this request."""
    revoke_own_sign_in(actor, actor.sign_in_id)


def revoke_own_sign_in(actor: Actor, sign_in_id: str) -> Done:
    """Revoke one of the actor's sign-ins. Raises: NotFound, also for another user's."""
    with transaction() as tx:
        tx.allow(actor, Action.SESSION_REVOKE, None)
        row = tx.session.get(SignIn, sign_in_id)
        if row is None or row.user_id != actor.user_id:
            raise NotFound(kind=SignIn.__name__)
        ended = [row.id] if row.revoked_at is None else []
        row.revoked_at = row.revoked_at or tx.at
        tx.audit(actor, Action.SESSION_REVOKE, row)
        answer = tx.answers(Done(id=row.id))
    publish_revoked(ended)
    return answer


def change_own_password(actor: Actor, present: str, new: str, *, tries: Tries) -> Done:
    """Change the actor's password; every other sign-in of the user ends.

    Raises: WrongPassword, WeakPassword, TooManyTries, SignInBusy.
    """
    key_body_and_replay()
    tries.check()
    with current_context().database.read() as session:
        user = session.get_one(User, actor.user_id)
    with _about(user):
        if not _password_matches(user, present, tries):
            raise WrongPassword()
    tries.forgive()
    check_new_password(new, user.username)
    new_hash = hashing.hashed(new)
    with transaction() as tx:
        tx.allow(actor, Action.SESSION_CHANGE_PASSWORD, None)
        row = tx.lock(User, actor.user_id)
        if row.password_hash != user.password_hash:
            # An administrator changed the password meanwhile, perhaps to lock the actor out.
            raise WrongPassword()
        row.password_hash, row.password_generated = new_hash, False
        tx.session.get_one(SignIn, actor.sign_in_id).password_at = tx.at
        ended = revoke_sign_ins(tx, row.id, keep=actor.sign_in_id)
        tx.audit(actor, Action.SESSION_CHANGE_PASSWORD, row)
        answer = tx.answers(Done(id=row.id))
    publish_revoked(ended)
    return answer


def confirm_password(actor: Actor, password: str, *, tries: Tries) -> Opened:
    """Check the actor's password again, for acts on other people's accounts; the sign-in gets a
    new token.

    Raises: WrongPassword, TooManyTries, SignInBusy.
    """
    tries.check()
    with current_context().database.read() as session:
        user = session.get_one(User, actor.user_id)
    with _about(user):
        if not _password_matches(user, password, tries):
            raise WrongPassword()
    tries.forgive()
    with transaction() as tx:
        tx.allow(actor, Action.SESSION_CONFIRM, None)
        row = tx.lock(SignIn, actor.sign_in_id)
        if tx.session.get_one(User, actor.user_id).password_hash != user.password_hash:
            raise WrongPassword()
        token = new_token()
        replaced = row.token_hash
        row.password_at, row.token_hash = tx.at, token_hash(token)
        tx.audit(actor, Action.SESSION_CONFIRM, row)
    note_replaced(replaced, actor.sign_in_id)
    return Opened(token, actor, user.username)


def revoke_sign_ins(tx: Tx, user_id: str, *, keep: str | None = None) -> list[str]:
    """Revoke a user's sign-ins in an open transaction, all but `keep`; return their ids.

    The caller passes the ids to `publish_revoked` after the transaction.
    """
    rows = tx.session.scalars(
        select(SignIn).where(SignIn.user_id == user_id, SignIn.revoked_at.is_(None))
    )
    ended = [row for row in rows if row.id != keep]
    for row in ended:
        row.revoked_at = tx.at
    return [row.id for row in ended]


def mark_seen(sign_in_ids: Sequence[str]) -> None:
    """Record the use of sign-ins, each at most once a minute, and extend their expiry."""
    with transaction() as tx:
        tx.session.execute(
            update(SignIn)
            .where(
                SignIn.id.in_(sign_in_ids),
                SignIn.revoked_at.is_(None),
                SignIn.last_seen_at <= tx.at - SEEN_EVERY,
            )
            .values(last_seen_at=tx.at, expires_at=tx.at + _lifetime())
            .execution_options(synchronize_session=False)
        )


def mark_joined(rooms: Mapping[str, str]) -> None:
    """Record the room that each sign-in (by id) joined last."""
    with transaction() as tx:
        changes = ({"of": sign_in_id, "room_id": room_id} for sign_in_id, room_id in rooms.items())
        _JOIN.run(tx.session, *changes)


@contextmanager
def _about(user: User | None) -> Iterator[None]:
    """A refusal inside is about this account: the audit has its id, never a name that was typed,
    which may be a password."""
    try:
        yield
    except Refusal as refusal:
        refusal.account_id = user.id if user else None
        raise


def _password_matches(user: User | None, given: str, tries: Tries) -> bool:
    """Check a password inside `hold_turn()`, where tries are counted: none escapes the limit.

    Whoever gave all that the account needs is forgiven by the caller.
    """
    stored = user.password_hash if user else None
    generated = user is not None and user.password_generated
    with hashing.line.hold_turn(tries.group, tries.is_gone):
        tries.check()
        right = hashing.line.matches(stored, given, generated=generated)
        if not right:
            tries.failed()
    return right


def _proof(
    user: User,
    tries: Tries,
    code: str | None,
    passkey: PasskeyAnswer | None,
    ceremony: Ceremony,
) -> Proof | None:
    """Check the passkey or the code of an account with a second factor; wrong ones count as wrong
    passwords."""
    if user.totp_secret is None:
        return None
    if passkey is None and not code:
        raise CodeNeeded(ask_for_passkey(user, ceremony.site))
    try:
        if passkey is not None:
            return check_passkey(user, passkey, ceremony)
        return check_code(user, code or "", tries.group, tries.is_gone)
    except WrongCode:
        tries.failed()
        raise


def _revoke_replaced(tx: Tx, previous: str | None) -> list[str]:
    row = _sign_in(tx.session, previous)
    if row is None or row.revoked_at is not None:
        return []
    row.revoked_at = tx.at
    return [row.id]


def _sign_in(session: Session, sign_in_id: str | None) -> SignIn | None:
    return None if sign_in_id is None else session.get(SignIn, sign_in_id)


def _lifetime() -> timedelta:
    return timedelta(hours=current_context().config.session_hours)


_sign_ins = table_of(SignIn)
_JOIN = PreparedChange(update(_sign_ins).where(_sign_ins.c.id == bindparam("of")), "room_id")
