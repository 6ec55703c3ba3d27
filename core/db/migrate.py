"""Database migrations: upgrade a data folder to this version, after a backup."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core import clock
from core.config import Config
from core.db.database import Database, NewerData
from core.paths import ROOT

FOLDER = ROOT / "migrations"


def migrate(config: Config, database: Database, folder: Path = FOLDER) -> bool:
    """Run pending migrations; return whether any ran. `folder`: Alembic's. Raises: NewerData."""
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(alembic)
    head = scripts.get_current_head()
    with database.read() as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    if current == head:
        return False
    if current is not None:
        if current not in {script.revision for script in scripts.walk_revisions()}:
            raise NewerData(
                f"The data in {config.data} was written by a newer version of Diên Hồng:"
                " start that version, or choose another folder with --data."
            )
        back_up(database, config.data / "backups", current)
    with database.alter() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "head")
    return True


def back_up(database: Database, folder: Path, revision: str) -> Path:
    """Copy the whole database, under the write lock; return the path of the copy."""
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    path = folder / f"before-migration-{stamp}-from-{revision}.sqlite3"
    with database.lock.held():
        source = sqlite3.connect(database.path)
        copy = sqlite3.connect(path)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
    path.chmod(0o600)
    return path
