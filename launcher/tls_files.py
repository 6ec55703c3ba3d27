"""python -m launcher.tls_files make|renew|show|seal DATA NAME… ["" ASKED…]: prints JSON.

seal: NAME is the file to write; the passphrase is in DIENHONG_KEY_PASSPHRASE.

A separate process in .venv, because signing needs a package that ./run does not have.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from core.server.tls import files_in
from core.server.tls_certificates import (
    BrokenFile,
    Made,
    NotPermitted,
    Reason,
    authority,
    expires_soon,
    fingerprint,
    make,
    names_of,
    renew,
    seal,
    server_certificate,
)


def main(task: str, data: str, *names: str) -> None:
    """Run one task and print `{outcome, state}` or `{outcome, about}`."""
    try:
        made = _done(task, Path(data), list(names))
    except BrokenFile as error:
        print(json.dumps({"outcome": "broken", "about": str(error.path)}))
    except NotPermitted as error:
        print(json.dumps({"outcome": "not_permitted", "about": error.name}))
    except OSError as error:
        about = f"{error.filename} ({error.strerror})"
        print(json.dumps({"outcome": "unwritable", "about": about}))
    else:
        until = made.until.strftime("%d/%m/%Y")
        print(json.dumps({"outcome": "done", "state": {**asdict(made), "until": until}}))


def _done(task: str, data: Path, names: list[str]) -> Made:
    files = files_in(data)
    if task == "make":
        gap = names.index("")
        return make(files, names[0], names[:gap], names[gap + 1 :])
    if task == "renew":
        return renew(files, names)
    if task == "seal":
        return seal(files, Path(names[0]), os.environ["DIENHONG_KEY_PASSPHRASE"])
    there = server_certificate(files)
    signer = fingerprint(authority(files))
    due = Reason.RUNS_OUT if expires_soon(there) else None
    return Made(False, due, names_of(there), there.not_valid_after_utc, signer)


if __name__ == "__main__":
    main(*sys.argv[1:])
