"""Time-based one-time passwords (RFC 6238) and recovery codes. Pure but for random bytes.

A server in a closed network has no time source: its clock may be minutes off. So the difference
between its clock and the phone's is found when the factor is set up, and followed from code to code
(RFC 6238, 6).
"""

import hmac
from datetime import datetime
from secrets import choice
from typing import NamedTuple

import pyotp

from accounts.passwords.password_rules import SIGNS, as_generated

STEP_SECONDS = 30
FIRST_WINDOW = 20
"""Steps before and after the server's time in which the first code is looked for: ten minutes."""
WINDOW = 1
"""Steps before and after the expected one in which later codes are accepted."""
RECOVERY_CODES = 10
RECOVERY_SIGNS = 12
"""60 random bits each, kept as password hashes."""


class Match(NamedTuple):
    """The step that a code belongs to, and its distance from the server's own step."""

    step: int
    drift: int


def new_secret() -> str:
    """Return a random secret of 160 bits, in base 32 as authenticator apps take it."""
    return pyotp.random_base32()


def uri_of(secret: str, username: str, issuer: str) -> str:
    """Return the `otpauth:` URI that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def match(secret: str, code: str, now: datetime, *, drift: int, window: int) -> Match | None:
    """Find the step of a code around the expected one; None for a wrong code.

    drift: steps by which the phone was ahead of the server's clock at the last code.
    """
    given = "".join(code.split())
    hotp = pyotp.HOTP(secret)
    here = int(now.timestamp()) // STEP_SECONDS
    found = None
    for offset in sorted(range(-window, window + 1), key=abs):
        step = here + drift + offset
        # Each step is compared, so that the time does not tell which one matched.
        if step >= 0 and hmac.compare_digest(hotp.at(step).encode(), given.encode()):
            found = found or Match(step, step - here)
    return found


def new_recovery_codes() -> list[str]:
    """Return new recovery codes, "3-abcd-efgh-jkmn": the number names the hash to compare with."""
    return [
        readable(number, "".join(choice(SIGNS) for _ in range(RECOVERY_SIGNS)))
        for number in range(1, RECOVERY_CODES + 1)
    ]


def readable(number: int, signs: str) -> str:
    """Format a recovery code to be read and typed."""
    return f"{number}-{as_generated(signs)}"


def read_recovery_code(typed: str) -> tuple[int, str] | None:
    """Return the number of a recovery code and its signs as they were hashed; None for others."""
    number, _, rest = typed.strip().partition("-")
    signs = as_generated(rest)
    if not number.isascii() or not number.isdecimal() or len(number) > 2:
        return None
    return (int(number), signs) if len(signs.replace("-", "")) == RECOVERY_SIGNS else None
