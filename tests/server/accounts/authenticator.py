"""A device with passkeys, written from WebAuthn Level 3 (6.1, 6.5): what a browser would send."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
"""Bits of the flags in authenticator data."""


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One key pair (ECDSA P-256), made for one relying party. count: signatures so far; it stays 0
    where `counts` is false."""

    def __init__(self, origin: str, rp_id: str, *, counts: bool = True) -> None:
        self.origin, self.rp_id = origin, rp_id
        self.id = token_bytes(32)
        self.count = 0
        self._counts = counts
        self._key = ec.generate_private_key(ec.SECP256R1())

    def creates(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` returns, as JSON."""
        data = self._data(PRESENT | VERIFIED | WITH_KEY) + bytes(16)
        data += len(self.id).to_bytes(2, "big") + self.id + self._public_key()
        made = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._credential(
            clientDataJSON=encoded(self._client_data("webauthn.create", options["challenge"])),
            attestationObject=encoded(cbor2.dumps(made)),
        )

    def signs(self, options: dict[str, Any], *, flags: int = PRESENT) -> dict[str, Any]:
        """What `navigator.credentials.get` returns, as JSON."""
        self.count += self._counts
        client = self._client_data("webauthn.get", options["challenge"])
        data = self._data(flags)
        signed = data + hashlib.sha256(client).digest()
        signature = self._key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            clientDataJSON=encoded(client),
            authenticatorData=encoded(data),
            signature=encoded(signature),
        )

    def _credential(self, **response: str) -> dict[str, Any]:
        own = encoded(self.id)
        return {"id": own, "rawId": own, "type": "public-key", "response": response}

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, flags: int) -> bytes:
        party = hashlib.sha256(self.rp_id.encode()).digest()
        return party + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        """A COSE_Key (RFC 9053, 7.1)."""
        point = self._key.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
