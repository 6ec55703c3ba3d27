"""The key that signs checkpoints: a file of mode 0600 in the data folder, outside the database.

A rotation writes the new key to a second file, records it in every log in one transaction, and then
replaces the old file. After a crash in between, the log shows which of the two keys is in force.
"""

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.durable_files import sync_folder
from core.errors import Refusal
from core.i18n import text_in
from core.ids import new_id
from meetings.voting.vote_log.checkpoint import Signer, key_name

FOLDER = "keys"
IN_FORCE = "vote-log.key"
NEXT = "vote-log.key.next"


class VoteKeyUnusable(Refusal):
    """The signing key of a log is missing from the data folder or readable by others.

    The log cannot be continued without it. `file`: the expected path, mode 0600.
    """

    code, status = "vote_key_unusable", 503

    def __str__(self) -> str:
        return text_in("vi", f"error.{self.code}", **self.params)


def signer_in(text: str) -> Signer:
    """The key in the text of a key file. Raises: ValueError."""
    name, _, private = text.strip().partition(" ")
    return Signer(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)))


class SigningKeys:
    """The key files of one data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data.joinpath(FOLDER)
        self._read: dict[tuple[str, int, int], Signer] = {}

    def signer(self, vkey: str | None = None) -> Signer:
        """The key in force; with `vkey`: the key that a log names, even before it is put in force.

        Raises: VoteKeyUnusable.
        """
        first = self._at(IN_FORCE)
        if first is None:
            raise VoteKeyUnusable(file=str(self._folder.joinpath(IN_FORCE)))
        if vkey is None or first.vkey == vkey:
            return first
        following = self._at(NEXT)
        if following is None or following.vkey != vkey:
            raise VoteKeyUnusable(file=str(self._folder.joinpath(IN_FORCE)))
        return following

    def signer_if_any(self, vkey: str) -> Signer | None:
        """As `signer`; None where there is no key at all.

        Raises: VoteKeyUnusable, where another key is in force.
        """
        return self.signer(vkey) if self._folder.joinpath(IN_FORCE).exists() else None

    def following(self) -> Signer | None:
        """The next key, of a rotation that has begun and not ended; None: there is none."""
        return self._at(NEXT)

    def make_first(self) -> Signer:
        """The key of a new installation; reuses that of an interrupted set-up."""
        return self._at(IN_FORCE) or self._make(IN_FORCE)

    def prepare_next(self) -> Signer:
        """The next key, stored beside the key in force; reuses that of an interrupted rotation."""
        return self._at(NEXT) or self._make(NEXT)

    def put_next_in_force(self) -> None:
        """Replace the key in force with the next key. The old private key is deleted."""
        self._folder.joinpath(NEXT).replace(self._folder.joinpath(IN_FORCE))
        sync_folder(self._folder)

    def _at(self, name: str) -> Signer | None:
        file = self._folder.joinpath(name)
        try:
            facts = file.stat()
        except FileNotFoundError:
            return None
        if stat.S_IMODE(facts.st_mode) & 0o077:
            raise VoteKeyUnusable(file=str(file))
        known = name, facts.st_ino, facts.st_mtime_ns
        if known not in self._read:
            self._read[known] = signer_in(file.read_text())
        return self._read[known]

    def _make(self, name: str) -> Signer:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private = Ed25519PrivateKey.generate()
        words = f"{self._key_name()} {private.private_bytes_raw().hex()}\n"
        fresh = self._folder.joinpath(f"{name}.{new_id()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        try:
            # Two processes that start at the same time must use one key: the first link wins.
            os.link(fresh, self._folder.joinpath(name))
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        sync_folder(self._folder)
        made = self._at(name)
        assert made is not None
        return made

    def _key_name(self) -> str:
        """The key name of the installation, which is the same for all of its keys."""
        file = self._folder.joinpath(IN_FORCE)
        if file.exists():
            return file.read_text().partition(" ")[0]
        return key_name(new_id())
