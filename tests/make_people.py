"""python -m tests.make_people DATA ADMIN NAME…: prepare a data folder and its people.

Prints "username id" a line. A process of its own, so that the test run stays unassembled.
"""

import sys
from pathlib import Path

import app
from accounts.passwords import hashed_at_once
from accounts.service import SYSTEM, NewUser, add_user
from accounts.unit_service import NewUnit, add_unit
from core.config import read_config
from tests.factories import PASSWORD


def main(data: str, admin: str, *usernames: str) -> None:
    """Make everybody with one hash: hashing is not what these tests are about."""
    config = read_config(Path(data))
    app.prepare(config)
    house = app.assemble(config)
    (hashed,) = hashed_at_once([PASSWORD])
    unit = add_unit(SYSTEM, NewUnit(name="HĐND xã Thử Nghiệm"))
    for name in (admin, *usernames):
        new = NewUser(name, name.capitalize(), unit.id, is_admin=name == admin)
        print(name, add_user(SYSTEM, new, password_hash=hashed).id)
    house.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
