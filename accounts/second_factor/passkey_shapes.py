"""What browsers and the server tell each other about passkeys: the dictionaries of WebAuthn
Level 3 (5.1, 5.2, 5.4, 5.5) as JSON, with binary values in base64url."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from accounts.second_factor.passkey_rules import Site

Base64Url = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]*$", max_length=32_768)]
CredentialId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]+$", max_length=1_364)]
"""At most 1,023 bytes."""

TIMEOUT_MS = 120_000
"""How long a browser waits for the person."""


class RelyingParty(msgspec.Struct, frozen=True):
    """Who keeps a passkey's public key. id: the host name."""

    id: str
    name: str


class PasskeyUser(msgspec.Struct, frozen=True, rename="camel"):
    """Whose passkey it becomes. id: base64url."""

    id: str
    name: str
    display_name: str


class KeyType(msgspec.Struct, frozen=True):
    """A kind of key that is accepted. alg: its COSE number."""

    alg: int
    type: Literal["public-key"] = "public-key"


class KnownPasskey(msgspec.Struct, frozen=True):
    """A passkey of the account. id: base64url."""

    id: str
    type: Literal["public-key"] = "public-key"


class AuthenticatorChoice(msgspec.Struct, frozen=True, rename="camel"):
    """Which devices may make a passkey."""

    resident_key: Literal["discouraged"] = "discouraged"
    user_verification: Literal["preferred"] = "preferred"


class PasskeyCreation(msgspec.Struct, frozen=True, rename="camel"):
    """What `navigator.credentials.create` takes. timeout: milliseconds."""

    challenge: str
    rp: RelyingParty
    user: PasskeyUser
    pub_key_cred_params: list[KeyType]
    exclude_credentials: list[KnownPasskey]
    authenticator_selection: AuthenticatorChoice = AuthenticatorChoice()
    timeout: int = TIMEOUT_MS
    attestation: Literal["none"] = "none"


class PasskeyRequest(msgspec.Struct, frozen=True, rename="camel"):
    """What `navigator.credentials.get` takes. timeout: milliseconds."""

    challenge: str
    rp_id: str
    allow_credentials: list[KnownPasskey]
    timeout: int = TIMEOUT_MS
    user_verification: Literal["preferred"] = "preferred"


class NewPasskeyResponse(msgspec.Struct, frozen=True, rename="camel"):
    """A new passkey as its device describes it."""

    client_data_json: Base64Url = msgspec.field(name="clientDataJSON")
    attestation_object: Base64Url


class NewPasskey(msgspec.Struct, frozen=True, rename="camel"):
    """The result of `navigator.credentials.create`."""

    id: CredentialId
    raw_id: CredentialId
    type: Literal["public-key"]
    response: NewPasskeyResponse


class PasskeySignature(msgspec.Struct, frozen=True, rename="camel"):
    """What a passkey has signed, and the signature."""

    client_data_json: Base64Url = msgspec.field(name="clientDataJSON")
    authenticator_data: Base64Url
    signature: Base64Url


class PasskeyAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The result of `navigator.credentials.get`."""

    id: CredentialId
    raw_id: CredentialId
    type: Literal["public-key"]
    response: PasskeySignature


class PasskeyView(msgspec.Struct, frozen=True):
    """A passkey of the own account. rp_id: the host name that it works on."""

    id: str
    name: str
    rp_id: str
    created_at: datetime
    last_used_at: datetime | None


class Ceremony(NamedTuple):
    """What the server knows of the browser's part: where it is, and which challenge it was given
    ("": none)."""

    site: Site | None
    challenge: str
