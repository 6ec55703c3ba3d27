"""Makes what tests need: a prepared data folder with people, in the ways the product itself does.

The people are made with the accounts' own verbs, with one password hash for all.
"""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.run_cache import made_once

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "giấy-bút-mực-2026"
"""Of every person that a test makes."""


@dataclass(frozen=True)
class Made:
    """A prepared data folder and the ids of its people by username.

    logins: the username to sign in with, where it differs from the name that a test uses.
    """

    data: Path
    people: dict[str, str]
    logins: dict[str, str] = field(default_factory=dict)


def today_at(hour: int) -> str:
    """An RFC 3339 time today."""
    now = datetime.now(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return now.isoformat()


def later(**delta: int) -> str:
    """An RFC 3339 time from now."""
    return (datetime.now(UTC) + timedelta(**delta)).isoformat()


def prepared(data: Path, *usernames: str, admin: str = "quantri", real_hash: bool = False) -> Made:
    """A fresh data folder with these people (password: PASSWORD): a copy of one that is made once
    for the run, so that not every module pays for migrations.

    real_hash: to check the password takes as long as in the product.
    """
    names = (admin, *usernames)
    key = hashlib.sha256("\n".join((*names, str(real_hash))).encode()).hexdigest()[:16]
    pattern = made_once(f"people-{key}", partial(_make_people, names, real_hash))
    shutil.copytree(pattern / "data", data, dirs_exist_ok=True)
    lines = (pattern / "people.txt").read_text(encoding="utf-8").splitlines()
    return Made(data, dict(line.split(" ", 1) for line in lines))


def _make_people(names: tuple[str, ...], real_hash: bool, folder: Path) -> None:
    """A data folder to copy, never served itself; made by a process of its own."""
    hashing = "real" if real_hash else "cheap"
    words = [sys.executable, "-m", "tests.make_people", hashing, str(folder / "data"), *names]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    (folder / "people.txt").write_text(done.stdout, encoding="utf-8")


def small_pdf(pages: int = 3, mark: str = "trang") -> bytes:
    """A valid PDF with one short line on each page; `mark` makes its content its own."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = len(bodies) + 1
    bodies.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for number in range(1, pages + 1):
        text = f"BT /F1 40 Tf 72 700 Td ({mark} {number}) Tj ET".encode("latin-1", "replace")
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
        content = len(bodies)
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (content, font)
        )
        kids.append(len(bodies))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, listed)
    return _file(bodies)


def _file(bodies: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        start,
    )
    return bytes(out)


def sha256(content: bytes) -> str:
    """The hash that names a paper."""
    return hashlib.sha256(content).hexdigest()
