"""The private keys of an installation, encrypted with a passphrase.

Format: `DHKEYS2\\n`, 16 bytes of salt, 12 bytes of nonce, AES-256-GCM of a JSON object path →
content in base64. The key is scrypt(passphrase, salt, n=2^17, r=8, p=1), RFC 7914. `DHKEYS1\\n`,
of earlier exports, has n=2^15.
"""

import base64
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backup.manifest import DATABASE, KEYS, CopyUnusable
from meetings.voting.vote_log.parts import LogKeys
from meetings.voting.vote_log.signing_keys import FOLDER, IN_FORCE, NEXT, signer_in

_MAGIC = b"DHKEYS2\n"
_COSTS = {_MAGIC: 2**17, b"DHKEYS1\n": 2**15}
"""n of scrypt, by the beginning of a file."""
_SALT, _NONCE = 16, 12
FOLDERS = (FOLDER, "tls")
_LOGS = """
    SELECT vkey FROM vote_log
    WHERE number IN (SELECT max(number) FROM vote_log GROUP BY meeting_id)
"""


def encrypted_keys(data: Path, passphrase: str) -> bytes:
    """All key files of a data folder, encrypted."""
    found = {
        path.relative_to(data).as_posix(): base64.b64encode(path.read_bytes()).decode()
        for folder in FOLDERS
        for path in sorted(data.joinpath(folder).rglob("*"))
        if path.is_file()
    }
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_key(passphrase, salt, _COSTS[_MAGIC])).encrypt(
        nonce, msgspec.json.encode(found), _MAGIC
    )
    return _MAGIC + salt + nonce + sealed


def decrypted_keys(content: bytes, passphrase: str) -> Mapping[str, bytes]:
    """Path below the data folder → content. Raises: CopyUnusable (another passphrase)."""
    start = len(_MAGIC)
    cost = _COSTS.get(content[:start], _COSTS[_MAGIC])
    salt = content[start : start + _SALT]
    nonce = content[start + _SALT : start + _SALT + _NONCE]
    try:
        plain = AESGCM(_key(passphrase, salt, cost)).decrypt(
            nonce, content[start + _SALT + _NONCE :], content[:start]
        )
    except (InvalidTag, ValueError) as error:
        raise CopyUnusable(
            "Mật khẩu của bản xuất khóa không đúng, hoặc tệp đã hỏng",
            "The passphrase of the exported keys is wrong, or the file is damaged",
        ) from error
    files = msgspec.json.decode(plain, type=dict[str, str])
    return {name: base64.b64decode(text) for name, text in files.items()}


def keys_for(source: Path, file: Path | None, passphrase: str | None) -> Mapping[str, bytes] | None:
    """The keys for a copy: from an export (file), else from the one in the copy, if it is wanted.

    They are compared with the copy's vote logs. passphrase: None leaves the keys in the copy alone.
    Returns path below the data folder → content. Raises: CopyUnusable.
    """
    if file is None:
        file = source / KEYS
        if passphrase is None or not file.exists():
            return None
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CopyUnusable(f"Không đọc được {file}", f"Cannot read {file}") from error
    if not content.startswith(tuple(_COSTS)):
        raise CopyUnusable(f"{file} không phải bản xuất khóa", f"{file} is no export of keys")
    found = decrypted_keys(content, passphrase or "")
    for name in found:
        if name.partition("/")[0] not in FOLDERS or ".." in name:
            raise CopyUnusable(f"Tên lạ trong bản xuất khóa: {name}", f"A strange name: {name}")
    signers = [found.get(f"{FOLDER}/{name}") for name in (IN_FORCE, NEXT)]
    given = {signer_in(text.decode()).vkey for text in signers if text is not None}
    if not _keys_of_logs(source / DATABASE) <= given:
        raise CopyUnusable(
            f"Khóa trong {file} không phải khóa của các nhật ký trong {source}: nó của bản cài đặt"
            " khác, hoặc được xuất trước hay sau một lần thay khóa",
            f"The keys in {file} did not sign the vote logs of {source}: they are of another"
            " installation, or were exported before or after a rotation of the key",
        )
    return found


def _keys_of_logs(database: Path) -> set[str]:
    """The public keys that logs of a copy are signed with, or else the copy's own; no key where the
    database is too old for them, or unreadable: the restore finds out."""
    if not database.exists():
        return set()
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as rows:
        try:
            keys = {vkey for (vkey,) in rows.execute(_LOGS)}
            if not keys:
                known = [text for (text,) in rows.execute("SELECT keys FROM installation_keys")]
                keys = {msgspec.json.decode(one, type=LogKeys).vkeys[-1] for one in known}
        except sqlite3.DatabaseError:
            return set()
    return keys


def _key(passphrase: str, salt: bytes, n: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=n, r=8, p=1).derive(passphrase.encode())
