"""Sealed ballots: a commitment says that somebody voted, and hides who and what until closing."""

import hashlib
import hmac
import secrets

from meetings.voting.vote_log.entries import encode_ballot
from meetings.voting.vote_log.parts import Ballot

SALT_BYTES = 32
"""Without it the few possible choices could be tried one after another."""


def new_salt() -> bytes:
    """Fresh for every ballot, kept secret until the poll closes."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, ballot: Ballot) -> str:
    """The commitment of a ballot, in hex. Raises ValueError for a salt of another length."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + encode_ballot(ballot)).hexdigest()


def opens(commitment: str, salt: bytes, ballot: Ballot) -> bool:
    """Whether this salt and ballot are what was sealed."""
    return hmac.compare_digest(commitment, commit(salt, ballot))
