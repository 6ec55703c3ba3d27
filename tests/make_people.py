"""python -m tests.make_people DATA ADMIN NAME…: prepare a data folder and its people.

Prints "username id" a line. A name "a.1" is a person like "a": shown as A, administrator if "a" is
one. A process of its own, so that the test run stays unassembled.
"""

import sys
from pathlib import Path

from argon2 import PasswordHasher

import app
from accounts.password_rules import normal
from accounts.service import SYSTEM, NewUser, add_user
from accounts.unit_service import NewUnit, add_unit
from core.config import read_config
from tests.factories import PASSWORD


def main(data: str, admin: str, *usernames: str) -> None:
    """Make everybody with one cheap hash: hashing is not what these tests are about, and to check
    a password costs what its stored hash says."""
    config = read_config(Path(data))
    app.prepare(config)
    house = app.assemble(config)
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(normal(PASSWORD))
    unit = add_unit(SYSTEM, NewUnit(name="HĐND xã Thử Nghiệm"))
    for name in (admin, *usernames):
        base = name.partition(".")[0]
        new = NewUser(name, base.capitalize(), unit.id, is_admin=base == admin)
        print(name, add_user(SYSTEM, new, password_hash=hashed).id)
    house.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
