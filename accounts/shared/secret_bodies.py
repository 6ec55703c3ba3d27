"""Idempotency of requests whose body contains a password.

The idempotency row stores a hash of the body. With a plain hash, a reader of the database could
test passwords at full speed, without argon2; so the hash is keyed.
"""

import hmac

from core.app_context import current_context
from core.transactions import idempotency


def key_body_and_replay() -> None:
    """Call first in a service function whose request carries a password.

    Keys the body's hash with the installation's secret. Raises: Replayed for a request answered
    before (so no password is hashed, and a changed password is not checked again);
    IdempotencyConflict.
    """
    key = idempotency.current.get()
    if key is None:
        return
    secret = current_context().config.secret_key.encode()
    key.body_sha256 = hmac.new(secret, key.body_sha256.encode(), "sha256").hexdigest()
    with current_context().database.read() as session:
        idempotency.raise_if_answered(session, key)
