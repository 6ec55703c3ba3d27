"""The second step of signing in with a passkey: what the browser is asked, and its answer."""

from sqlalchemy import select

from accounts.second_factor.challenges import Purpose, challenges
from accounts.second_factor.passkey_rules import Site
from accounts.second_factor.passkey_shapes import (
    Ceremony,
    KnownPasskey,
    PasskeyAnswer,
    PasskeyRequest,
)
from accounts.second_factor.proofs import Proof
from accounts.shared.declares import WrongCode
from accounts.shared.models import Passkey, User
from core.app_context import current_context


def ask_for_passkey(user: User, site: Site | None) -> PasskeyRequest | None:
    """Return what a browser at `site` is asked; None where the account has no passkey for it."""
    if site is None:
        return None
    with current_context().database.read() as session:
        own = (Passkey.user_id == user.id, Passkey.rp_id == site.rp_id)
        known = session.scalars(select(Passkey.id).where(*own).order_by(Passkey.created_at)).all()
    if not known:
        return None
    challenge = challenges.give(Purpose.SIGN_IN, user.id)
    return PasskeyRequest(challenge, site.rp_id, [KnownPasskey(one) for one in known])


def check_passkey(user: User, answer: PasskeyAnswer, ceremony: Ceremony) -> Proof:
    """Return what `use_proof` takes. Raises: WrongCode."""
    if not challenges.take(ceremony.challenge, Purpose.SIGN_IN, user.id) or ceremony.site is None:
        raise WrongCode()
    with current_context().database.read() as session:
        row = session.get(Passkey, answer.id)
    if row is None or row.user_id != user.id or row.rp_id != ceremony.site.rp_id:
        raise WrongCode()
    # The library takes 7 MB, which a server without passkeys does without.
    from accounts.second_factor.ceremonies import check_signature  # noqa: PLC0415

    count = check_signature(answer, ceremony.challenge, ceremony.site, row)
    return Proof(row.public_key, passkey=row.id, sign_count=count)
