"""The private keys of an installation, encrypted with a passphrase.

Format: `DHKEYS1\\n`, 16 bytes of salt, 12 bytes of nonce, AES-256-GCM of a JSON object path →
content in base64. The key is scrypt(passphrase, salt, n=2^15, r=8, p=1), RFC 7914.
"""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backup.manifest import CopyUnusable

_MAGIC = b"DHKEYS1\n"
_SALT, _NONCE = 16, 12
FOLDERS = ("keys", "tls")


def encrypted_keys(data: Path, passphrase: str) -> bytes:
    """All key files of a data folder, encrypted."""
    found = {
        path.relative_to(data).as_posix(): base64.b64encode(path.read_bytes()).decode()
        for folder in FOLDERS
        for path in sorted(data.joinpath(folder).rglob("*"))
        if path.is_file()
    }
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, msgspec.json.encode(found), _MAGIC)
    return _MAGIC + salt + nonce + sealed


def decrypted_keys(content: bytes, passphrase: str) -> Mapping[str, bytes]:
    """Path below the data folder → content. Raises: CopyUnusable (another passphrase)."""
    start = len(_MAGIC)
    salt = content[start : start + _SALT]
    nonce = content[start + _SALT : start + _SALT + _NONCE]
    try:
        plain = AESGCM(_key(passphrase, salt)).decrypt(
            nonce, content[start + _SALT + _NONCE :], content[:start]
        )
    except (InvalidTag, ValueError) as error:
        raise CopyUnusable(
            "Mật khẩu của bản xuất khóa không đúng, hoặc tệp đã hỏng",
            "The passphrase of the exported keys is wrong, or the file is damaged",
        ) from error
    files = msgspec.json.decode(plain, type=dict[str, str])
    return {name: base64.b64decode(text) for name, text in files.items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
