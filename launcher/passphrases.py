"""Passphrases of exported keys: from the environment, or typed."""

import getpass
import os

from launcher.messages import Trouble

VARIABLE = "DIENHONG_KEY_PASSPHRASE"
SHORTEST = 12


def known(prompt: str) -> str:
    """The passphrase from the environment, or typed."""
    return os.environ.get(VARIABLE) or getpass.getpass(prompt)


def new(prompt: str) -> str:
    """A new passphrase, typed twice. Raises: Trouble."""
    chosen = known(prompt)
    if len(chosen) < SHORTEST:
        raise Trouble(
            f"Mật khẩu cần ít nhất {SHORTEST} ký tự.",
            f"The passphrase needs at least {SHORTEST} characters.",
        )
    if VARIABLE not in os.environ and getpass.getpass("Nhập lại / again: ") != chosen:
        raise Trouble("Hai lần nhập không giống nhau.", "The two passphrases differ.")
    return chosen
