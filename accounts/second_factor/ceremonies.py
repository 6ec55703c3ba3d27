"""Checks what a device has signed (WebAuthn Level 3, 7.1 and 7.2), with the library `webauthn`.

Imported where a passkey is added or used: the library and what it needs take 7 MB.
"""

from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    parse_attestation_object,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException

from accounts.second_factor.passkey_rules import Site
from accounts.second_factor.passkey_shapes import NewPasskey, PasskeyAnswer
from accounts.shared.declares import PasskeyRefused, WrongCode
from accounts.shared.models import Passkey

_ATTESTATIONS = ("none", "packed")
"""What browsers send where none is asked for; "packed" when a device attests to its key with the
key itself (WebAuthn Level 3, 5.1.3). The others are not read."""

_UNREADABLE = (
    *(WebAuthnException, InvalidSignature, UnsupportedAlgorithm),
    *(ValueError, TypeError, LookupError, AttributeError),
)
"""What the library raises for data that are no answer of a device."""


class NewKey(NamedTuple):
    """A public key of a device. id: the credential id, base64url."""

    id: str
    public_key: bytes
    sign_count: int


def check_new_passkey(
    made: NewPasskey, challenge: str, site: Site, algorithms: list[int]
) -> NewKey:
    """Return the key of a new passkey. algorithms: COSE numbers. Raises: PasskeyRefused."""
    attested = base64url_to_bytes(made.response.attestation_object)
    try:
        if parse_attestation_object(attested).fmt not in _ATTESTATIONS:
            raise PasskeyRefused()
        found = verify_registration_response(
            credential=msgspec.to_builtins(made),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(one) for one in algorithms],
        )
        # An attestation of kind "none" signs nothing: a key that cannot be read is found here.
        decoded_public_key_to_cryptography(
            decode_credential_public_key(found.credential_public_key)
        )
    except _UNREADABLE as error:
        raise PasskeyRefused() from error
    if bytes_to_base64url(found.credential_id) != made.id:
        raise PasskeyRefused()
    return NewKey(made.id, found.credential_public_key, found.sign_count)


def check_signature(answer: PasskeyAnswer, challenge: str, site: Site, row: Passkey) -> int:
    """Return the counter of a passkey's signature. Raises: WrongCode."""
    try:
        found = verify_authentication_response(
            credential=msgspec.to_builtins(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
        )
    except _UNREADABLE as error:
        raise WrongCode() from error
    return found.new_sign_count
