"""The commands `./run backup` and `./run restore`."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from backup.create import create_backup, prune_backups
from backup.key_export import keys_for
from backup.progress import show_progress, told
from backup.restore import begin_again, copy_into, restoring, take_over_witness
from core.app_context import AppContext
from core.config import Config
from core.db.migrate import migrate
from meetings.voting.vote_log.installation_key import open_witness


def make_backup(
    context: AppContext, target: Path, passphrase: str | None, keep: timedelta | None
) -> None:
    """Copy the installation, which may be running, and print the path of the copy.

    keep: delete copies that are older.
    """
    open_witness(context)
    try:
        print(create_backup(context, target, passphrase, show_progress), flush=True)
        if keep is not None:
            prune_backups(target, keep)
    finally:
        context.database.close()


def restore(
    config: Config,
    assemble: Callable[[Config], AppContext],
    source: Path,
    passphrase: str | None,
    keys_file: Path | None,
    *,
    without_key: bool,
) -> None:
    """Continue from a copy in the empty data folder of `config`, and say what became of it.

    keys_file: exported keys that are not with the copy. Nothing is copied unless they fit.
    """
    keys = keys_for(source, keys_file, passphrase)
    with restoring(config.data):
        copy_into(source, config.data, keys)
        context = assemble(config)
        try:
            migrate(config, context.database)
            done = begin_again(context, without_key=without_key)
            take_over_witness(context, source)
        finally:
            context.database.close()
    print(told(done), flush=True)
