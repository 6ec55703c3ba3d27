"""Migrations: they make what the models say, lose no row, make a copy first, refuse newer data."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import app  # noqa: F401 - every table is known
from core.config import Config, read_config
from core.db.database import Base, BrokenReferences, Database, NewerData
from core.db.migrate import FOLDER, migrate
from tests.contract.full_database import NUMBER_OF_ROWS, fill, kept, rows_of
from tests.factories import ROOT

pytestmark = pytest.mark.slow

REBUILDING = '''
"""Rebuild three tables that others refer to."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "{head}"

def upgrade():
    with op.batch_alter_table("user", recreate="always") as table:
        table.add_column(sa.Column("nickname", sa.String(), nullable=True))
    with op.batch_alter_table("meeting", recreate="always") as table:
        table.alter_column("place", existing_type=sa.String(), nullable=True)
    with op.batch_alter_table("poll", recreate="always") as table:
        table.add_column(sa.Column("secret", sa.Boolean(), nullable=True))
'''
LOSING = '''
"""Delete a table that others refer to, and so break what refers to it."""
from alembic import op

revision, down_revision = "later", "{head}"

def upgrade():
    op.execute("DELETE FROM user")
'''
BREAKING_OFF = '''
"""Stop half way."""
from alembic import op

revision, down_revision = "later", "{head}"

def upgrade():
    op.execute("DROP TABLE participant")
    raise RuntimeError("the power went out")
'''


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return read_config(tmp_path / "data", env={})


@pytest.fixture
def database(config: Config) -> Iterator[Database]:
    opened = Database(config.database_url, config.lock_path)
    yield opened
    opened.close()


def revisions(folder: Path) -> list[str]:
    """The revisions of a folder, in order."""
    return sorted(file.name.split("_")[0] for file in (folder / "versions").glob("0*.py"))


def dropped_tables() -> set[str]:
    """Tables that migrations drop: those that a revision names in DROPPED."""
    scripts = ScriptDirectory(str(FOLDER)).walk_revisions()
    return {name for one in scripts for name in getattr(one.module, "DROPPED", ())}


def folder_with(target: Path, revision: str) -> Path:
    """The product's migrations and one more after them."""
    shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns("__pycache__"))
    later = target / "versions" / "later.py"
    later.write_text(revision.format(head=revisions(FOLDER)[-1]))
    return target


def only_up_to(target: Path, revision: str) -> Path:
    """The product's migrations as they were at a revision."""
    shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (target / "versions").glob("0*.py"):
        if file.name.split("_")[0] > revision:
            file.unlink()
    return target


def filled(config: Config, database: Database, folder: Path) -> None:
    """Migrate with a folder's revisions and put rows into every table."""
    migrate(config, database, folder)
    with database.alter() as connection:
        fill(connection)


def test_migrations_make_what_the_models_say(config, database):
    assert migrate(config, database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []
    assert not migrate(config, database)


@pytest.mark.parametrize("revision", revisions(FOLDER))
def test_data_of_every_older_version_is_kept(config, database, tmp_path, revision):
    filled(config, database, only_up_to(tmp_path / "then", revision))
    before = rows_of(database.engine)
    migrate(config, database)
    assert kept(before, rows_of(database.engine), dropped_tables()) == []


def test_who_has_created_meetings_may_go_on(config, database, tmp_path):
    filled(config, database, only_up_to(tmp_path / "then", "0010"))
    with database.alter() as connection:
        (first, *_) = connection.scalars(text("SELECT id FROM user ORDER BY id")).all()
        connection.execute(text("UPDATE meeting SET created_by = :first"), {"first": first})
    migrate(config, database)
    allowed = [row["id"] for row in rows_of(database.engine)["user"] if row["may_create_meetings"]]
    assert allowed == [first]


def put(document_id: str, annotation_id: str) -> bytes:
    """The data of an event that put an annotation of somebody else."""
    item = {"id": annotation_id, "author": "an", "geometry": {}}
    return json.dumps({"document_id": document_id, "items": [item]}).encode()


def test_earlier_events_and_answers_are_found_by_what_they_contain(config, database, tmp_path):
    filled(config, database, only_up_to(tmp_path / "then", "0017"))
    ((document, one), *_) = [
        (row["document_id"], row["id"]) for row in rows_of(database.engine)["annotation"]
    ]
    own = "INSERT INTO person_event (user_id, seq, type, at, data)"
    own += " VALUES (?, 9, 'own_annotations_put', 1, ?)"
    shared = "INSERT INTO room_event (room_id, seq, type, at, audience, data)"
    shared += " VALUES ('room', 9, 'annotations_put', 1, '', ?)"
    answer = "INSERT INTO idempotent_answer (scope, body_sha256, status, at, answer)"
    answer += " VALUES (?, '', 200, 1, ?)"
    with database.alter() as connection:
        run = connection.exec_driver_sql
        run(own, ("an", put(document, one)))
        run(own, ("binh", put(document, one)))
        run(own, ("chi", put("removed", one)))
        run(shared, (put("removed", "x"),))
        run(answer, ("ink", b'{"id": "ink", "geometry": {}}'))
        run(answer, ("note", b'{"id": "note", "meeting_title": null}'))
        run(answer, ("other", b'{"id": "other"}'))
    migrate(config, database)
    rows = rows_of(database.engine)
    told = {row["id"]: row["past_recipients"] for row in rows["annotation"]}
    assert told == {**dict.fromkeys(told), one: "binh chi"}
    assert rows["removed_document"] == [{"id": "removed", "room_id": "room", "people": "chi"}]
    things = {row["scope"]: row["thing_id"] for row in rows["idempotent_answer"]}
    assert things == {**dict.fromkeys(things), "ink": "ink", "note": "note"}


def test_a_table_that_others_refer_to_is_rebuilt_without_loss(config, database, tmp_path):
    filled(config, database, FOLDER)
    before = rows_of(database.engine)
    assert all(len(rows) == NUMBER_OF_ROWS for rows in before.values())
    assert before.keys() == Base.metadata.tables.keys()
    assert migrate(config, database, folder_with(tmp_path / "then", REBUILDING))
    after = rows_of(database.engine)
    assert kept(before, after) == []
    assert after["user"][0]["nickname"] is None
    with database.write() as session, pytest.raises(IntegrityError):
        session.execute(text("DELETE FROM user"))


def test_nothing_of_a_vote_goes_along_with_something_else(config, database):
    """Whoever deletes a meeting, an item or a person is refused while a vote refers to it."""
    migrate(config, database)
    votes = {name for name in Base.metadata.tables if name.startswith(("poll", "ballot", "vote_"))}
    assert len(votes) >= 8
    with database.engine.connect() as connection:
        for name in sorted(votes):
            for key in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").mappings():
                assert key["on_delete"] == "NO ACTION", (name, dict(key))


@pytest.mark.parametrize(
    ("revision", "error"), [(LOSING, BrokenReferences), (BREAKING_OFF, RuntimeError)]
)
def test_a_migration_that_fails_leaves_everything(config, database, tmp_path, revision, error):
    filled(config, database, FOLDER)
    before = rows_of(database.engine)
    with pytest.raises(error):
        migrate(config, database, folder_with(tmp_path / "then", revision))
    assert rows_of(database.engine) == before
    assert not migrate(config, database)


def test_a_copy_is_made_first(config, database, tmp_path):
    filled(config, database, FOLDER)
    before = rows_of(database.engine)
    assert not (config.data / "backups").exists()
    migrate(config, database, folder_with(tmp_path / "then", REBUILDING))
    (copy,) = (config.data / "backups").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        opened.row_factory = sqlite3.Row
        people = [dict(row) for row in opened.execute('SELECT * FROM "user" ORDER BY id')]
    opened.close()
    assert [person["id"] for person in people] == [person["id"] for person in before["user"]]
    assert "nickname" not in people[0]


def test_newer_data_is_refused_and_left_alone(config, database, tmp_path):
    filled(config, database, folder_with(tmp_path / "then", REBUILDING))
    before = rows_of(database.engine)
    with pytest.raises(NewerData):
        migrate(config, database)
    words = [sys.executable, "app.py", "prepare", "--data", str(config.data)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "written by a newer version" in done.stderr
    assert rows_of(database.engine) == before
