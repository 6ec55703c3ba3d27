"""Challenges that passkeys sign: random, for one purpose and account, used once, five minutes.

The browser has its challenge in the signed session cookie. That alone would not be once: a copied
cookie comes back whole. So this process, the only one that serves, keeps what it gave out.
"""

import time
from collections.abc import Callable
from enum import StrEnum

from cachetools import TTLCache

from core.ids import new_token

LASTS_SECONDS = 300
MOST_GIVEN = 10_000
"""Only who knows a password is given one; the oldest go first."""


class Purpose(StrEnum):
    """What a challenge is for."""

    ADD = "add"
    SIGN_IN = "sign_in"


class Challenges:
    """timer: seconds, never set back."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._given: TTLCache[str, tuple[Purpose, str]] = TTLCache(MOST_GIVEN, LASTS_SECONDS, timer)

    def give(self, purpose: Purpose, user_id: str) -> str:
        """Return a new challenge: 256 bits in base64url."""
        challenge = new_token()
        self._given[challenge] = (purpose, user_id)
        return challenge

    def take(self, challenge: str, purpose: Purpose, user_id: str) -> bool:
        """Whether this challenge was given for this and is still good; it is not afterwards."""
        return self._given.pop(challenge, None) == (purpose, user_id)


challenges = Challenges()
