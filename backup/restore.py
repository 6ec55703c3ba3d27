"""Puts a copy into an empty data folder, as a history of its own.

The data get a new epoch, so that clients forget what the copy does not have. Every vote log goes on
in a new log, polls that were open are cancelled, sign-ins end.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, update

from accounts.shared.models import SignIn
from audit import sealing
from backup import key_export
from backup.create import document_in
from backup.manifest import (
    DATABASE,
    FILE,
    PAPERS,
    WITNESS,
    CopyUnusable,
    check_file,
    read_manifest,
)
from core.app_context import AppContext
from core.db.models import Installation, Job
from core.durable_files import copy_durably, sync_folder, write_durably
from core.i18n import text_in
from core.ids import new_id
from core.installation_starts import FILE as STARTS
from core.installation_starts import INCOMPLETE
from core.storage import Storage
from core.transactions.transaction import transaction
from meetings.voting.models import InstallationKeys
from meetings.voting.polls.continuation import continue_logs
from meetings.voting.vote_log.checkpoint import Signer
from meetings.voting.vote_log.installation_key import is_in_use, record_key
from meetings.voting.vote_log.signing_keys import SigningKeys, VoteKeyUnusable
from meetings.voting.vote_log.stored_nodes import VoteLogDamaged
from meetings.voting.vote_log.witness_comparison import accept_restore
from meetings.voting.vote_log.writer import key_ring

_OF_THE_RUN = {"run.lock", "write.lock", "secret.key", INCOMPLETE}
"""What a data folder may hold before a restore: files that ./run and the settings made."""


@dataclass(frozen=True)
class Restored:
    """Numbers of vote logs that go on, and of polls that were cancelled; whether the old key signed
    for the new logs."""

    logs: int
    cancelled: int
    linked: bool


def take_over_witness(context: AppContext, source: Path) -> None:
    """Keep what the copy knows of checkpoints beside the new data. Raises: OSError."""
    files = context.witness_files
    if source.joinpath(FILE).exists():
        folder = source / WITNESS
    else:
        folder = source.with_name(f"{source.name}-witness") / files.folder.name
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name != STARTS and not files.folder.joinpath(path.name).exists():
            _put(path, files.folder / path.name)
    accept_restore(context)
    sealing.accept_restore(context)


@contextmanager
def restoring(data: Path) -> Iterator[None]:
    """Mark an empty data folder, which no server uses until the block has ended well.

    Raises: CopyUnusable, OSError.
    """
    if any(one.name not in _OF_THE_RUN for one in data.iterdir()):
        raise CopyUnusable(f"Thư mục {data} không trống", f"The folder {data} is not empty")
    write_durably(data / INCOMPLETE, b"")
    sync_folder(data)
    yield
    data.joinpath(INCOMPLETE).unlink()
    sync_folder(data)


def copy_into(source: Path, data: Path, keys: Mapping[str, bytes] | None) -> None:
    """Copy a backup, or another data folder, into an empty one.

    keys: path below the data folder → content; None: those of another data folder, if it has any.
    Raises: CopyUnusable, OSError.
    """
    if source.joinpath(FILE).exists():
        _copy_backup(source, data)
    elif source.joinpath(DATABASE).exists():
        _copy_folder(source, data, key_export.FOLDERS if keys is None else ())
    else:
        raise CopyUnusable(
            f"{source} không phải bản sao lưu hay thư mục dữ liệu",
            f"{source} is neither a backup nor a data folder",
        )
    for name, content in (keys or {}).items():
        target = data / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.touch(mode=0o600)
        target.write_bytes(content)


def begin_again(context: AppContext, *, without_key: bool) -> Restored:
    """Make the copied data a history of its own. The schema must be up to date.

    A copy may have been made while the key was rotated: if its database has the next key already,
    this key is put in force, as the rotation would have done. Each log is continued by the key that
    signed it last. without_key: make a new key if there is none. Raises: CopyUnusable.
    """
    ring = key_ring()
    old, following = _copied_keys(ring, without_key=without_key)
    keys = {one.vkey: one for one in (old, following) if one is not None}
    with context.database.read() as session:
        rotated = following if following and is_in_use(session, following.vkey) else None
    new = rotated or old or ring.make_first()
    context.open_witness(new.name)
    reason = text_in("vi", "vote_log.restored")
    with transaction() as tx:
        row = tx.session.get_one(Installation, 1)
        row.epoch, row.starts, row.setup_token_hash = new_id(), 0, None
        tx.session.execute(delete(SignIn))
        tx.session.execute(update(Job).where(Job.state == "running").values(state="queued"))
        if old is None:
            tx.session.execute(delete(InstallationKeys))
            record_key(tx.session, new.vkey)
            tx.session.flush()
        try:
            logs, cancelled = continue_logs(tx, keys or None, new, reason)
        except VoteLogDamaged as error:
            raise CopyUnusable(
                "Nhật ký biểu quyết trong bản sao không phải do khóa kèm theo ký",
                "The vote logs of the copy were not signed by the key that is with it",
            ) from error
    if rotated is not None:
        ring.put_next_in_force()
    return Restored(logs, cancelled, old is not None)


def _copied_keys(ring: SigningKeys, *, without_key: bool) -> tuple[Signer | None, Signer | None]:
    """The key in force, and the next key of a rotation that was interrupted. Raises: CopyUnusable,
    where there is no key and without_key is not given."""
    try:
        return ring.signer(), ring.following()
    except VoteKeyUnusable as error:
        if without_key:
            return None, None
        raise CopyUnusable(
            "Thiếu khóa ký nhật ký biểu quyết: dùng bản sao có kèm khóa (--with-keys), chỉ tệp khóa"
            " bằng --keys, hoặc thêm --without-key để bắt đầu nhật ký không nối được với nhật ký"
            " cũ",
            "The key of the vote logs is missing: use a copy with keys (--with-keys), name the"
            " exported keys with --keys, or add --without-key for logs that nothing links to the"
            " old ones",
        ) from error


def _copy_backup(source: Path, data: Path) -> None:
    manifest, storage = read_manifest(source), Storage(data)
    for one in manifest.files:
        check_file(source / one.name, one)
    for one in manifest.documents:
        path = document_in(source.parent / PAPERS, one.sha256)
        check_file(path, one)
        _put(path, storage.original(one.sha256))
    _put(source / DATABASE, data / DATABASE)


def _copy_folder(source: Path, data: Path, folders: Sequence[str]) -> None:
    """Of a data folder without a running server: database, documents, and these folders."""
    with (
        closing(sqlite3.connect(f"{(source / DATABASE).as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(data / DATABASE)) as new,
    ):
        old.backup(new)
    for folder in ("papers", *folders):
        if source.joinpath(folder).is_dir():
            shutil.copytree(source / folder, data / folder, dirs_exist_ok=True)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy_durably(source, target)
