"""./run backup and ./run restore: copies of a data folder, see the package backup."""

import os
import subprocess
import sys
from pathlib import Path

from launcher import data_lock, passphrases, tls
from launcher.messages import ChildTrouble, Trouble, show
from launcher.places import DATABASE, PYTHON, ROOT, default_data, ready_data
from launcher.serving import APP, PRIVATE, environ
from launcher.set_up import set_up
from launcher.supervise import REFUSED

KEYS = "keys.enc"
EXPORTED = "exported"
"""A file beside the keys: they were exported once."""


def backup(data: Path | None, to: Path, *, with_keys: bool) -> int:
    """Copy a data folder, whose server may be running. Raises: Trouble."""
    data = (data or default_data("data")).expanduser().absolute()
    if not (data / DATABASE).exists():
        raise Trouble(
            f"Không có dữ liệu trong {data}: chọn thư mục bằng --data.",
            f"There are no data in {data}: choose the folder with --data.",
        )
    to = _folder(to)
    set_up()
    passphrase = (
        passphrases.new("Mật khẩu cho khóa / passphrase for the keys: ") if with_keys else None
    )
    _run(["backup", "--data", data, "--to", to], passphrase)
    if with_keys:
        (data / "keys" / EXPORTED).touch(mode=0o600)
    return 0


def restore(
    copy: Path,
    data: Path,
    *,
    keys: Path | None = None,
    without_key: bool = False,
    insecure_http: bool = False,
) -> int:
    """Go on from a copy in an empty data folder.

    keys: an export of the keys that is not in the copy. insecure_http: a copy without certificates
    gets none. Raises: Trouble.
    """
    copy = copy.expanduser().absolute()
    if keys is not None:
        keys = keys.expanduser().absolute()
        if not keys.is_file():
            raise Trouble(
                f"Không có tệp khóa {keys}: chọn tệp keys.enc của một bản sao có kèm khóa.",
                f"There is no file {keys}: choose the keys.enc of a copy with keys.",
            )
    data = ready_data(data)
    data_lock.hold(data)
    set_up()
    os.umask(PRIVATE)
    has_keys = keys is not None or ((copy / KEYS).exists() and not without_key)
    passphrase = (
        passphrases.known("Mật khẩu của khóa / passphrase of the keys: ") if has_keys else None
    )
    options: list[object] = ["--without-key"] if without_key else []
    options += ["--keys", keys] if keys is not None else []
    _run(["restore", "--data", data, "--from", copy, *options], passphrase)
    if not insecure_http:
        tls.make_if_missing(data)
    return 0


def _folder(to: Path) -> Path:
    to = to.expanduser().absolute()
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"Không ghi được vào {to} ({error.strerror}): chọn thư mục khác bằng --to.",
            f"Cannot write to {to} ({error.strerror}): choose another folder with --to.",
        ) from error
    return to


def _run(words: list[object], passphrase: str | None) -> None:
    """Run the product's part; its last line is the last line. Raises: Trouble."""
    given = {} if passphrase is None else {passphrases.VARIABLE: passphrase}
    done = subprocess.run(
        [str(word) for word in (PYTHON, APP, *words)],
        cwd=ROOT,
        env={**environ(), **given},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if sys.stderr.isatty() else subprocess.PIPE,
        text=True,
        check=False,
    )
    said = (done.stderr or "").strip().splitlines()
    if done.returncode == REFUSED and said:
        raise ChildTrouble(said[-1])
    if done.returncode != 0:
        raise Trouble("Không xong", said[-1] if said else "failed", exit_code=1)
    show(done.stdout.strip())
