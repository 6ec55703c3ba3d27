"""The vote logs in the database file of a stopped server, read and changed behind its back."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import product, zip_longest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meetings.voting.vote_log import merkle
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer
from meetings.voting.vote_log.writer import peak_places
from tests.rules.voting.vote_archives import signer
from tests.rules.voting.vote_edits import EDITS
from tests.server.real_server import RealServer

FILE = "dienhong.sqlite3"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@contextmanager
def stopped(server: RealServer, *roles: str) -> Iterator[sqlite3.Connection]:
    """Stop the server, change its database, and start it again (only these roles)."""
    server.stop()
    with closing(sqlite3.connect(server.made.data / FILE)) as connection:
        yield connection
        connection.commit()
    server.start(*roles)


def keep_copy(server: RealServer, folder: Path) -> Path:
    """The database as it is, with the server stopped."""
    copy = folder / "untouched.sqlite3"
    shutil.copyfile(server.made.data / FILE, copy)
    return copy


@dataclass(frozen=True)
class Expected:
    """What was done, and between which entries the fault must be named."""

    what: str
    least: int
    most: int


class StoppedLog:
    """The only log of a meeting."""

    def __init__(self, connection: sqlite3.Connection, meeting_id: str) -> None:
        self._rows = connection
        ((self.number, self.log_id),) = connection.execute(
            "SELECT number, log_id FROM vote_log WHERE meeting_id = ?", (meeting_id,)
        ).fetchall()
        of = "WHERE log = ? ORDER BY"
        lines = connection.execute(f'SELECT line FROM vote_log_entry {of} "index"', (self.number,))
        self.lines: list[bytes] = [line for (line,) in lines]
        notes = connection.execute(
            f"SELECT size, note FROM vote_log_checkpoint {of} size", (self.number,)
        )
        self.notes: dict[int, str] = dict(notes.fetchall())

    def put_lines(self, lines: list[bytes], *, careful: bool) -> None:
        """Replace the entries; carefully: with a tree, its peaks and its size that fit them."""
        self._delete("vote_log_entry")
        self._rows.executemany(
            "INSERT INTO vote_log_entry VALUES (?, ?, ?)",
            [(self.number, index, line) for index, line in enumerate(lines)],
        )
        if not careful:
            return
        nodes = tree(lines)
        self._delete("vote_log_node")
        self._rows.executemany(
            "INSERT INTO vote_log_node VALUES (?, ?, ?, ?)",
            [(self.number, *place, node) for place, node in nodes._nodes.items()],
        )
        peaks = b"".join(nodes.get(*place) for place in peak_places(len(lines)))
        self._rows.execute(
            "UPDATE vote_log SET size = ?, peaks = ? WHERE number = ?",
            (len(lines), peaks, self.number),
        )

    def put_end(self, note: str) -> None:
        """Replace the checkpoint that the next append continues."""
        self._rows.execute("UPDATE vote_log SET note = ? WHERE number = ?", (note, self.number))

    def put_notes(self, notes: dict[int, str]) -> None:
        """Replace the public checkpoints."""
        self._delete("vote_log_checkpoint")
        self._rows.executemany(
            "INSERT INTO vote_log_checkpoint VALUES (?, ?, ?)",
            [(self.number, size, note) for size, note in notes.items()],
        )

    def _delete(self, table: str) -> None:
        self._rows.execute(f"DELETE FROM {table} WHERE log = ?", (self.number,))


def key_of(server: RealServer) -> Signer:
    """The private key of the installation, for who can read its disk."""
    key = (server.made.data / "keys" / "vote-log.key").read_text().strip()
    name, _, private = key.partition(" ")
    return Signer(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)))


def witness_file(server: RealServer, log: StoppedLog) -> Path:
    """What the server keeps outside the database of this log."""
    return witness_folder(server.made.data) / f"{log.log_id}.txt"


def witness_folder(data: Path) -> Path:
    """The only folder of witness files beside a data folder."""
    (folder,) = data.with_name(f"{data.name}-witness").iterdir()
    return folder


def tree(lines: list[bytes]) -> merkle.NodesInMemory:
    """All nodes over these lines."""
    nodes = merkle.NodesInMemory()
    for size, line in enumerate(lines):
        merkle.append(nodes, size, merkle.leaf_hash(line))
    return nodes


@dataclass(frozen=True)
class EntryEdit:
    """An edit of entries. careful: the tree fits; forged: so do checkpoints of another key."""

    kind: str
    careful: bool
    forged: bool


ENTRY_EDITS = [EntryEdit(*each) for each in product(EDITS, (False, True), (False, True))]
CHECKPOINT_EDITS = ["a letter", "own key", "another's place"]
KINDS: list[EntryEdit | str] = [*ENTRY_EDITS, *CHECKPOINT_EDITS]
"""Every kind of edit of a stopped server's logs."""


def edit_entries(rng: random.Random, log: StoppedLog, edit: EntryEdit) -> Expected | None:
    """Change, delete, insert, reorder, cut off or fork entries; None: nothing came of it."""
    kind, before = edit.kind, log.lines
    after = EDITS[kind](rng, list(before))
    # What stands behind the last checkpoint is vouched for by nobody, and served to nobody.
    if after[: max(log.notes)] == before:
        return None
    log.put_lines(after, careful=edit.careful)
    first = next(i for i, (old, new) in enumerate(zip_longest(before, after)) if old != new)
    covered = [size for size in log.notes if size <= first]
    following = [size for size in log.notes if size > first]
    if edit.forged:
        kind += " with own checkpoints"
        forged = _forged(rng, log, after, following)
        kept = {size: log.notes[size] for size in covered}
        log.put_notes(kept | forged)
        # A log cut off at a checkpoint has a forged one in its place.
        covered = [size for size in covered if size not in forged]
    most = min(following, default=first + 1) - 1
    return Expected(f"{kind}{', carefully' if edit.careful else ''}", max(covered, default=0), most)


def _forged(
    rng: random.Random, log: StoppedLog, lines: list[bytes], sizes: list[int]
) -> dict[int, str]:
    """Checkpoints over changed entries, signed with a key of one's own."""
    own, nodes = signer(rng), tree(lines)
    wanted = {min(size, len(lines)) for size in sizes} - {0}
    return {
        size: own.sign(Checkpoint(log.log_id, size, merkle.root(nodes, size)))
        for size in sorted(wanted)
    }


def edit_checkpoints(rng: random.Random, log: StoppedLog, kind: str) -> Expected:
    """Change a checkpoint: a letter of it, or the whole of it for one of another key or place."""
    sizes = sorted(log.notes)
    place = rng.randrange(len(sizes))
    size, before = sizes[place], sizes[place - 1] if place else 0
    if kind == "a letter":
        note = bytearray(log.notes[size].encode())
        at = rng.choice([i for i, letter in enumerate(note) if letter in _LETTERS])
        note[at] = rng.choice([letter for letter in _LETTERS if letter != note[at]])
        changed = {size: note.decode()}
    elif kind == "own key":
        changed = _forged(rng, log, log.lines, [size])
    else:
        other = rng.choice([one for one in sizes if one != size])
        changed = {size: log.notes[other], other: log.notes[size]}
        before, size = min(size, other), len(log.lines) + 1
        before = max((one for one in sizes if one < before), default=0)
    log.put_notes({**log.notes, **changed})
    return Expected(f"checkpoint: {kind}", before, size - 1)


def tamper(rng: random.Random, log: StoppedLog, kind: EntryEdit | str) -> Expected:
    """One edit of this kind that takes something away from what was signed."""
    if isinstance(kind, str):
        return edit_checkpoints(rng, log, kind)
    while True:
        done = edit_entries(rng, log, kind)
        if done is not None:
            return done
