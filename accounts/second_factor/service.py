"""Services of the second factor: set up, confirm, new recovery codes, remove."""

import msgspec
import segno
from sqlalchemy import delete

from accounts.passwords import hashing
from accounts.second_factor.code_rules import (
    FIRST_WINDOW,
    match,
    new_recovery_codes,
    new_secret,
    read_recovery_code,
    uri_of,
)
from accounts.shared.declares import Action, NoSecondFactor, WrongCode
from accounts.shared.models import Passkey, RecoveryCode, User
from accounts.shared.queries import body_name
from accounts.shared.secret_bodies import key_body_and_replay
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.transactions.transaction import Tx, transaction

ISSUER = "Diên Hồng"


class AccountWithoutFactor(Exception):
    """The account that is named has no second factor, or does not exist."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"{username}: không có tài khoản này, hoặc chưa bật đăng nhập hai bước"
            " / no such account, or no two-step sign-in"
        )


class SecondFactorStart(msgspec.Struct, frozen=True):
    """A secret that is not in force yet. qr: the `otpauth:` URI as the path of an SVG picture of
    `size` by `size`; secret: the same for typing, in groups of four."""

    secret: str
    uri: str
    qr: str
    size: int


class RecoveryCodes(msgspec.Struct, frozen=True):
    """Recovery codes, shown once; null when the request is repeated."""

    recovery_codes: list[str] | None


class SecondFactorRemoved(msgspec.Struct, frozen=True):
    """id: of the account."""

    id: str


def start_second_factor(actor: Actor) -> SecondFactorStart:
    """Make a secret; it is in force after `confirm_second_factor`. A factor in force stays until
    then."""
    secret = new_secret()
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        user.totp_next_secret = secret
        issuer = f"{ISSUER} {body_name(tx.session)}".strip().replace(":", " ")
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="started")
        uri = uri_of(secret, user.username, issuer)
    code = segno.make(uri, error="m")
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix)
        for x, dark in enumerate(row)
        if dark
    )
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return SecondFactorStart(groups, uri, path, len(code.matrix))


def confirm_second_factor(actor: Actor, code: str) -> RecoveryCodes:
    """Put the secret in force with a first code. Raises: WrongCode, NoSecondFactor, SignInBusy."""
    key_body_and_replay()
    with current_context().database.read() as session:
        secret = session.get_one(User, actor.user_id).totp_next_secret
    if secret is None:
        raise NoSecondFactor()
    found = match(secret, code, clock.now(), drift=0, window=FIRST_WINDOW)
    if found is None:
        raise WrongCode()
    codes, hashes = _new_codes()
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        if user.totp_next_secret != secret:
            raise NoSecondFactor()
        user.totp_secret, user.totp_next_secret = secret, None
        user.totp_last_step, user.totp_drift = found
        _replace_codes(tx, user.id, hashes)
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="in force")
        return tx.answers(RecoveryCodes(codes), once=("recovery_codes",))


def renew_recovery_codes(actor: Actor) -> RecoveryCodes:
    """Replace the recovery codes. Raises: NoSecondFactor, SignInBusy."""
    codes, hashes = _new_codes()
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        if user.totp_secret is None:
            raise NoSecondFactor()
        _replace_codes(tx, user.id, hashes)
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="new recovery codes")
        return tx.answers(RecoveryCodes(codes), once=("recovery_codes",))


def remove_own_second_factor(actor: Actor) -> SecondFactorRemoved:
    """Remove the actor's factor. Raises: NoSecondFactor."""
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_SET, None)
        user = tx.lock(User, actor.user_id)
        if user.totp_secret is None:
            raise NoSecondFactor()
        remove_second_factor(tx, user)
        tx.audit(actor, Action.SECOND_FACTOR_SET, user, step="removed")
        return tx.answers(SecondFactorRemoved(user.id))


def remove_second_factor(tx: Tx, user: User) -> None:
    """Remove the factor of an account with its passkeys, in an open transaction."""
    user.totp_secret = user.totp_next_secret = None
    user.totp_last_step = user.totp_drift = 0
    tx.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    tx.session.execute(delete(Passkey).where(Passkey.user_id == user.id))


def _new_codes() -> tuple[list[str], list[tuple[int, str]]]:
    """Codes as they are shown, and their numbers and hashes. Raises: SignInBusy."""
    codes = new_recovery_codes()
    read = [read_recovery_code(code) for code in codes]
    return codes, [(one[0], hashing.hashed(one[1])) for one in read if one is not None]


def _replace_codes(tx: Tx, user_id: str, hashes: list[tuple[int, str]]) -> None:
    tx.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    for number, code_hash in hashes:
        tx.session.add(RecoveryCode(user_id=user_id, number=number, code_hash=code_hash))
