"""Builds vote archives in memory: a log entry by entry, sealed as the server seals it."""

import io
import random
import zipfile
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meetings.voting.vote_log import entries, merkle
from meetings.voting.vote_log.archive import LogFiles, write_archive
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer
from meetings.voting.vote_log.entries import Entry, EntryData, KeyRotated, LogStarted
from meetings.voting.vote_log.parts import Head

BEGIN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def signer(rng: random.Random, installation: str = "test1234") -> Signer:
    """A signer with a key of its own."""
    return Signer(
        f"dienhong-{installation}", Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
    )


def signed_continuation(log_id: str, start: LogStarted, old: Signer) -> LogStarted:
    """The same beginning of a log, with the old key's signature on it."""
    assert start.continues
    signature = old.continue_log(entries.continuation_message(log_id, old.vkey, start))
    continues = msgspec.structs.replace(start.continues, signature_by_old=signature)
    return msgspec.structs.replace(start, continues=continues)


class LogUnderWay:
    """A log that grows: every entry goes through the server's own encoding, tree and notes.

    `old`: the key that signs for the continuation, in format 2.
    """

    def __init__(
        self,
        log_id: str,
        first: Signer,
        body: str,
        continues: Head | None = None,
        old: Signer | None = None,
    ) -> None:
        self.log_id, self.signers = log_id, [first]
        self.lines: list[bytes] = []
        self.notes: list[str] = []
        self.nodes = merkle.NodesInMemory()
        self.at = BEGIN
        start = LogStarted("meeting-1", "Kỳ họp thứ ba", body, first.vkey, continues)
        self.add(signed_continuation(log_id, start, old) if old else start)

    def add(self, data: EntryData) -> int:
        """Append an entry, and a checkpoint where its type asks for one; answers its index."""
        index = len(self.lines)
        self.at += timedelta(milliseconds=1234)
        line = entries.encode(Entry(self.log_id, index, self.at, data))
        merkle.append(self.nodes, index, merkle.leaf_hash(line))
        self.lines.append(line)
        if data.type not in entries.WITHOUT_PUBLIC_CHECKPOINT:
            self.notes.append(self.signers[-1].sign(self.checkpoint()))
        return index

    def rotate(self, new: Signer) -> None:
        """Hand over to a new key; the checkpoint that follows is its first."""
        old = self.signers[-1]
        self.signers.append(new)
        self.add(KeyRotated(old.vkey, new.vkey, old.sign_key_change(self.log_id, new.vkey)))

    def checkpoint(self) -> Checkpoint:
        """The head as it is now."""
        size = len(self.lines)
        return Checkpoint(self.log_id, size, merkle.root(self.nodes, size))

    def head(self, reason: str) -> Head:
        """The head, as the log that continues this one names it."""
        return Head(self.log_id, len(self.lines), self.checkpoint().root.hex(), reason)

    def files(self) -> LogFiles:
        """What the archive needs."""
        vkeys = [one.vkey for one in self.signers]
        return LogFiles(list(self.lines), list(self.notes), vkeys)


def archive_of(*logs: LogFiles) -> bytes:
    """A whole archive."""
    out = io.BytesIO()
    write_archive(out, logs, {"__init__.py": b""}, "README\n")
    return out.getvalue()


def unzipped(archive: bytes) -> dict[str, bytes]:
    """Member → content."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(members: dict[str, bytes]) -> io.BytesIO:
    """An archive of these members, not compressed, to be quick."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    out.seek(0)
    return out
