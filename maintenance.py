"""Tasks of whoever owns the machine, on a data folder: keys, second factors, backup, restore."""

import argparse
import os
from collections.abc import Callable
from datetime import timedelta

from accounts.people.service import SYSTEM, remove_factor_of
from accounts.second_factor.service import AccountWithoutFactor
from accounts.shared.name_rules import folded_username
from accounts.shared.queries import user_by_username
from backup.create import create_backup, prune_backups
from backup.key_export import keys_for
from backup.progress import show_progress, told
from backup.restore import begin_again, copy_into, restoring, take_over_witness
from core.app_context import AppContext
from core.config import Config
from core.db.migrate import migrate
from meetings.voting.vote_log.installation_key import open_witness, rotate_key

PASSPHRASE = "DIENHONG_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
"""Environment variable by which ./run passes the passphrase of exported keys."""

Assemble = Callable[[Config], AppContext]


def run_task(given: argparse.Namespace, config: Config, assemble: Assemble) -> None:
    """Run the task that `given.role` names, and print what became of it.

    Raises: the refusals of `app.REFUSALS`, each with a sentence.
    """
    if given.role == "restore":
        _restore(given, config, assemble)
        return
    context = assemble(config)
    try:
        open_witness(context)
        _ON_DATA[given.role](context, given)
    finally:
        context.database.close()


def _rotate_vote_key(_context: AppContext, _given: argparse.Namespace) -> None:
    vkey, logs = rotate_key()
    print(f"Khóa mới / the new key: {vkey}\nNhật ký đã chuyển / logs handed over: {logs}")


def _remove_second_factor(context: AppContext, given: argparse.Namespace) -> None:
    """For an administrator who has lost the phone and the recovery codes."""
    with context.database.read() as session:
        user = user_by_username(session, folded_username(given.username))
    if user is None or user.totp_secret is None:
        raise AccountWithoutFactor(given.username)
    remove_factor_of(SYSTEM, user.id)
    print(f"Đã tắt đăng nhập hai bước của / two-step sign-in is off: {user.username}")


def _back_up(context: AppContext, given: argparse.Namespace) -> None:
    """Copy the installation, which may be running, and print the path of the copy."""
    target, passphrase = given.to.absolute(), os.environ.get(PASSPHRASE)
    print(create_backup(context, target, passphrase, show_progress), flush=True)
    if given.keep_days:
        prune_backups(target, timedelta(days=given.keep_days))


def _restore(given: argparse.Namespace, config: Config, assemble: Assemble) -> None:
    """Continue from a copy in the empty data folder of `config`. Nothing is copied unless the keys
    fit."""
    source = given.source.absolute()
    keys = keys_for(source, given.keys, os.environ.get(PASSPHRASE))
    with restoring(config.data):
        copy_into(source, config.data, keys)
        context = assemble(config)
        try:
            migrate(config, context.database)
            done = begin_again(context, without_key=given.without_key)
            take_over_witness(context, source)
        finally:
            context.database.close()
    print(told(done), flush=True)


_ON_DATA: dict[str, Callable[[AppContext, argparse.Namespace], None]] = {
    "rotate-vote-key": _rotate_vote_key,
    "remove-second-factor": _remove_second_factor,
    "backup": _back_up,
}
