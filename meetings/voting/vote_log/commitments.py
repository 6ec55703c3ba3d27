"""Ballot commitments: they prove that a vote was cast and hide voter and choice until closing."""

import hashlib
import hmac
import secrets

from meetings.voting.vote_log.entries import encode_ballot
from meetings.voting.vote_log.parts import Ballot

SALT_BYTES = 32
"""The salt prevents guessing a ballot by hashing each of the few possible choices."""


def new_salt() -> bytes:
    """A new random salt for one ballot. It is secret until the poll is closed."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, ballot: Ballot) -> str:
    """The commitment of a ballot, in hex. Raises: ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + encode_ballot(ballot)).hexdigest()


def opens(commitment: str, salt: bytes, ballot: Ballot) -> bool:
    """Whether the commitment is of this salt and ballot."""
    return hmac.compare_digest(commitment, commit(salt, ballot))
