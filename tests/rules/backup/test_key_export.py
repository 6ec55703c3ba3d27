"""Exported private keys: readable with the passphrase alone, and only as they were written."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backup.key_export import decrypted_keys, encrypted_keys
from backup.manifest import CopyUnusable

PASSPHRASE = "mười hai con giáp"
KEY = b"PRIVATE KEY of a test"


def test_an_export_gives_the_keys_back_to_who_knows_the_passphrase(tmp_path: Path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "vote-log.key").write_bytes(KEY)
    sealed = encrypted_keys(tmp_path, PASSPHRASE)
    assert sealed.startswith(b"DHKEYS2\n")
    assert decrypted_keys(sealed, PASSPHRASE) == {"keys/vote-log.key": KEY}
    changed = sealed[:-20] + bytes([sealed[-20] ^ 1]) + sealed[-19:]
    for content, passphrase in ((sealed, f"{PASSPHRASE}."), (changed, PASSPHRASE), (b"", "x")):
        with pytest.raises(CopyUnusable):
            decrypted_keys(content, passphrase)


def test_an_export_of_an_earlier_version_is_still_read():
    salt, nonce, magic = b"s" * 16, b"n" * 12, b"DHKEYS1\n"
    key = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(PASSPHRASE.encode())
    plain = json.dumps({"keys/vote-log.key": "UFJJVkFURSBLRVkgb2YgYSB0ZXN0"}).encode()
    sealed = magic + salt + nonce + AESGCM(key).encrypt(nonce, plain, magic)
    assert decrypted_keys(sealed, PASSPHRASE) == {"keys/vote-log.key": KEY}
