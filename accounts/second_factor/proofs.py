"""Checks the second factor of a sign-in: a code of the authenticator app, or a recovery code.

A code is checked before the transaction, because a recovery code needs a slow hash, and is used in
it, so that each counts once.
"""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts.passwords import hashing
from accounts.passwords.fair_queue import Group
from accounts.second_factor.code_rules import WINDOW, match, read_recovery_code
from accounts.second_factor.passkey_rules import counts_on
from accounts.shared.declares import WrongCode
from accounts.shared.models import Passkey, RecoveryCode, User
from core import clock
from core.app_context import current_context
from core.transactions.transaction import Tx


class Proof(NamedTuple):
    """A right code. of: the secret, hash or public key that it was compared with, which must still
    be in force. step, drift: of the app's code; recovery: number of a recovery code instead;
    passkey: id of the one that signed instead, and its counter."""

    of: str | bytes
    step: int = 0
    drift: int = 0
    recovery: int | None = None
    passkey: str | None = None
    sign_count: int = 0


def check_code(user: User, code: str, group: Group, is_gone: Callable[[], bool]) -> Proof:
    """Return what `use_proof` takes. Raises: WrongCode, SignInBusy."""
    recovery = read_recovery_code(code)
    if recovery is not None:
        return _check_recovery(user, *recovery, group, is_gone)
    found = match(user.totp_secret or "", code, clock.now(), drift=user.totp_drift, window=WINDOW)
    if found is None or found.step <= user.totp_last_step:
        raise WrongCode()
    return Proof(user.totp_secret or "", found.step, found.drift)


def use_proof(tx: Tx, user: User, proof: Proof) -> None:
    """Use up the code, in the transaction that it permits. Raises: WrongCode if it was used, or
    replaced meanwhile."""
    if proof.passkey is not None:
        _use_passkey(tx, user, proof)
        return
    if proof.recovery is not None:
        row = _recovery_code(tx.session, user.id, proof.recovery)
        if row is None or row.used_at is not None or row.code_hash != proof.of:
            raise WrongCode()
        row.used_at = tx.at
        return
    if user.totp_secret != proof.of or proof.step <= user.totp_last_step:
        raise WrongCode()
    user.totp_last_step, user.totp_drift = proof.step, proof.drift


def _use_passkey(tx: Tx, user: User, proof: Proof) -> None:
    row = tx.session.get(Passkey, proof.passkey)
    if row is None or row.user_id != user.id or row.public_key != proof.of:
        raise WrongCode()
    if not counts_on(row.sign_count, proof.sign_count):
        raise WrongCode()
    row.sign_count, row.last_used_at = proof.sign_count, tx.at


def _check_recovery(
    user: User, number: int, signs: str, group: Group, is_gone: Callable[[], bool]
) -> Proof:
    with current_context().database.read() as session:
        row = _recovery_code(session, user.id, number)
    stored = row.code_hash if row is not None and row.used_at is None else None
    with hashing.line.hold_turn(group, is_gone):
        if not hashing.line.matches(stored, signs, generated=True) or stored is None:
            raise WrongCode()
    return Proof(stored, recovery=number)


def _recovery_code(session: Session, user_id: str, number: int) -> RecoveryCode | None:
    return session.get(RecoveryCode, (user_id, number))
