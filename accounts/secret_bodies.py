"""Requests whose body holds a password.

The idempotency row keeps a hash of the body. Of a body with a password a plain hash would let
whoever reads the database try passwords at full speed, past argon2; so it is keyed.
"""

import hmac

from core.app_context import current_context
from core.transactions import idempotency


def key_body_and_replay() -> None:
    """Call first in a verb whose request carries a password.

    Keys the body's hash with the installation's secret. Raises Replayed when this very request was
    answered before (so that no hash is made, and a changed password is not asked for again), and
    IdempotencyConflict.
    """
    key = idempotency.current.get()
    if key is None:
        return
    secret = current_context().config.secret_key.encode()
    key.body_sha256 = hmac.new(secret, key.body_sha256.encode(), "sha256").hexdigest()
    with current_context().database.read() as session:
        idempotency.raise_if_answered(session, key)
