"""Checkpoints: size and root of a log, signed as a C2SP signed note with the installation's key.

Also the text form of keys (`vkey`) and the signature by which an old key authorizes a new one.
"""

import base64
import binascii
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\N{EM DASH} "
_REMEMBERED = 256
"""Signed notes that a key remembers."""


class BadNote(ValueError):
    """The text is not a note of this format, or is not signed by this key."""


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its size and the root (32 bytes) of its first `size` entries."""

    log_id: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The signed text."""
        return f"dienhong/{self.log_id}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_name(installation_id: str) -> str:
    """The key name of an installation. C2SP allows neither spaces nor plus signs in it."""
    return f"dienhong-{installation_id[:8]}"


class Signer:
    """A private key with its name."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self.name, self._private = name, private
        public = private.public_key().public_bytes_raw()
        self._id, self.vkey = key_id(name, public), vkey(name, public)
        self._signed: OrderedDict[str, Checkpoint] = OrderedDict()

    def sign(self, checkpoint: Checkpoint) -> str:
        """The signed note of a checkpoint, with a final newline."""
        note = self.sign_text(checkpoint.text)
        self._signed[note] = checkpoint
        if len(self._signed) > _REMEMBERED:
            self._signed.popitem(last=False)
        return note

    def sign_text(self, text: str) -> str:
        """The signed note of a text that ends with a newline. Each kind of text begins with words
        of its own, so that none is taken for another."""
        signed = base64.b64encode(self._id + self._private.sign(text.encode())).decode()
        return f"{text}\n{_DASH}{self.name} {signed}\n"

    def read(self, note: str) -> Checkpoint:
        """The checkpoint of a note with a valid signature by this key. Raises: BadNote.

        Notes that this process signed are remembered: an append reads the note of the one before.
        """
        return self._signed.get(note) or read(note, self.vkey)

    def sign_key_change(self, log_id: str, new_vkey: str) -> str:
        """The old key's signature, in hex, that authorizes the new key for this log."""
        return self._private.sign(rotation_message(log_id, self.vkey, new_vkey)).hex()

    def continue_log(self, message: bytes) -> str:
        """The old key's signature, in hex, of `entries.continuation_message`."""
        return self._private.sign(message).hex()


def rotation_message(log_id: str, old_vkey: str, new_vkey: str) -> bytes:
    """The bytes that the old key signs; they are never a valid checkpoint text."""
    return f"dienhong key rotation\n{log_id}\n{old_vkey}\n{new_vkey}\n".encode()


def key_id(name: str, public: bytes) -> bytes:
    """Four bytes that identify the key of a signature."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def vkey(name: str, public: bytes) -> str:
    """A public key as text: name, id in hex, algorithm and key in base64, joined by plus signs."""
    encoded = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{encoded}"


def key_named_in(note: str, vkeys: Sequence[str]) -> str:
    """The key that a note signed by this server names, "" if none; its signature is not
    verified."""
    signature = note.partition("\n\n")[2].strip().rpartition(" ")[2]
    identity = base64.b64decode(signature)[:4].hex()
    return next((vkey for vkey in vkeys if vkey.split("+")[1] == identity), "")


def fingerprint(vkey: str) -> str:
    """The first 16 bytes of SHA-256 of a public key (vkey), in hex groups of four, to compare by
    eye."""
    digest = hashlib.sha256(vkey.encode()).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def read(note: str, signed_by: str) -> Checkpoint:
    """The checkpoint of a note with a valid signature by this vkey. Raises: BadNote."""
    text = signed_text(note, signed_by)
    try:
        origin, size, root = text.removesuffix("\n").split("\n")
        found = Checkpoint(origin.removeprefix("dienhong/"), int(size), _decoded(root))
    except ValueError as error:
        raise BadNote("not a checkpoint") from error
    if found.text != text:
        raise BadNote("not a checkpoint of a vote log")
    return found


def signed_text(note: str, signed_by: str) -> str:
    """The text, with its final newline, of a note with a valid signature by this vkey.

    Raises: BadNote.
    """
    name, identity, public = _read_vkey(signed_by)
    text, _, signatures = note.partition("\n\n")
    start = f"{_DASH}{name} "
    lines = [line for line in signatures.split("\n")[:-1] if line.startswith(start)]
    ours = [_decoded(line.removeprefix(start)) for line in lines]
    signature = next((signed[4:] for signed in ours if signed[:4] == identity), b"")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, f"{text}\n".encode())
    except (InvalidSignature, ValueError) as error:
        raise BadNote("not signed by this key") from error
    return f"{text}\n"


def head_of(note: str) -> Checkpoint:
    """The checkpoint of a note signed by this server; the signature is not verified.

    Raises: BadNote (not base64), ValueError (another format).
    """
    origin, size, root = note.partition("\n\n")[0].split("\n")
    return Checkpoint(origin.removeprefix("dienhong/"), int(size), _decoded(root))


def _read_vkey(text: str) -> tuple[str, bytes, bytes]:
    # Base64 may contain plus signs: only the first two plus signs are separators.
    name, _, rest = text.partition("+")
    identity, _, encoded = rest.partition("+")
    key = _decoded(encoded)
    public = key[1:]
    if key[:1] != _ED25519 or len(public) != 32 or vkey(name, public) != text:
        raise BadNote("not a public key of this form")
    return name, bytes.fromhex(identity), public


def _decoded(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("not base64") from error
    if base64.b64encode(value).decode() != text:
        raise BadNote("base64 in another form than its own")
    return value
