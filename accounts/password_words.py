"""Generates passwords for accounts whose people choose their own later."""

import secrets

from accounts.password_rules import SIGNS, readable

_LENGTH = 12


def new_password() -> str:
    """A password of 60 random bits that can be read out and typed without mistakes."""
    return readable("".join(secrets.choice(SIGNS) for _ in range(_LENGTH)))
