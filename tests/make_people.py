"""python -m tests.make_people HASHING DATA ADMIN NAME…: prepare a data folder and its people.

Prints "username id" a line. A name "a.1" is a person like "a": shown as A, administrator if "a" is
one. HASHING: "cheap" or "real". A process of its own, so that the test run stays unassembled.
"""

import sys
from pathlib import Path

from argon2 import PasswordHasher

import app
from accounts.passwords.hashing import hashed_at_once
from accounts.passwords.password_rules import normal
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.people.unit_service import NewUnit, add_unit
from core.config import read_config
from tests.factories import PASSWORD

SECRETARY = "thuky"
"""Who may create meetings."""
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def main(hashing: str, data: str, admin: str, *usernames: str) -> None:
    """Make everybody with one hash. To check a password takes as long as its stored hash says: a
    cheap one where signing in is not the subject."""
    config = read_config(Path(data))
    app.prepare(config)
    context = app.assemble(config)
    (hashed,) = hashed_at_once([PASSWORD]) if hashing == "real" else [_CHEAP.hash(normal(PASSWORD))]
    unit = add_unit(SYSTEM, NewUnit(name="HĐND xã Thử Nghiệm"))
    for name in (admin, *usernames):
        base = name.partition(".")[0]
        new = NewUser(
            name,
            base.capitalize(),
            unit.id,
            is_admin=base == admin,
            may_create_meetings=base == SECRETARY,
        )
        print(name, add_user(SYSTEM, new, password_hash=hashed).id)
    context.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
