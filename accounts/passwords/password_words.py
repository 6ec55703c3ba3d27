"""Generates initial passwords of accounts."""

import secrets

from accounts.passwords.password_rules import SIGNS, readable

_LENGTH = 12


def new_password() -> str:
    """Return a password of 60 random bits that is easy to read out and to type."""
    return readable("".join(secrets.choice(SIGNS) for _ in range(_LENGTH)))
