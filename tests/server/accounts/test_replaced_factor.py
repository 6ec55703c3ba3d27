"""A code that was right before the second factor was replaced does not sign in afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

import app
from accounts.passwords import hashing
from accounts.passwords.fair_queue import Group
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.second_factor.code_rules import STEP_SECONDS, read_recovery_code
from accounts.second_factor.proofs import Proof, check_code
from accounts.shared.declares import WrongCode
from accounts.shared.models import RecoveryCode, User
from accounts.sign_in.service import open_sign_in
from core import clock
from core.app_context import AppContext, install_context
from core.config import read_config

OLD, NEW = pyotp.random_base32(), pyotp.random_base32()
CODE = "1-abcd-efgh-jkmn"


@pytest.fixture
def user(tmp_path: Path) -> Iterator[tuple[AppContext, str]]:
    """A context with an account that has a second factor."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    user_id = add_user(SYSTEM, NewUser("a", "A"), password_hash="none").id
    change(made, user_id, OLD, CODE)
    yield made, user_id
    made.database.close()
    install_context(None)


def change(context: AppContext, user_id: str, secret: str, code: str) -> None:
    """Put a phone and one recovery code in force."""
    read = read_recovery_code(code)
    assert read is not None
    with context.database.write() as session:
        session.get_one(User, user_id).totp_secret = secret
        session.merge(RecoveryCode(user_id=user_id, number=1, code_hash=hashing.hashed(read[1])))
        context.database.commit(session)


def proof_of(context: AppContext, user_id: str, code: str) -> Proof:
    with context.database.read() as session:
        user = session.get_one(User, user_id)
    return check_code(user, code, Group("here"), lambda: False)


@pytest.mark.parametrize("recovery", [False, True])
def test_a_proof_ends_when_its_factor_is_replaced(user: tuple[AppContext, str], recovery: bool):
    context, user_id = user
    step = int(clock.now().timestamp()) // STEP_SECONDS
    proof = proof_of(context, user_id, CODE if recovery else pyotp.HOTP(OLD).at(step))
    change(context, user_id, NEW, "1-zzzz-zzzz-zzzz")
    with pytest.raises(WrongCode):
        open_sign_in(user_id, device="x", knowing="none", proof=proof)
