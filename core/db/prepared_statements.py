"""Prepared statements: compiled once and run on the driver's connection.

For the statements of the most frequent requests and of every change. A session takes five to ten
times as long as the statement itself: it looks up the compiled statement and wraps each row.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import CompileError, DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from core.db.database import Database

R = TypeVar("R", bound=NamedTuple)
_Convert = Callable[[Any], Any]
_DRIVER = "driver"
"""Key of `session.info`."""


class _Compiled(NamedTuple):
    """The SQL for a dialect. parameters: name, fixed value, conversion, in the order of the SQL.

    columns: places of the columns that are converted.
    """

    sql: str
    parameters: Sequence[tuple[str, Any, _Convert | None]]
    columns: Sequence[tuple[int, _Convert]]

    def given(self, values: Mapping[str, object]) -> list[object]:
        """The values of the parameters, in the order of the SQL. Raises: KeyError."""
        found = []
        for name, fixed, convert in self.parameters:
            value = values[name] if fixed is None else fixed
            found.append(value if convert is None else convert(value))
        return found


class PreparedQuery(Generic[R]):
    """One SELECT with named parameters (`bindparam`). Define it at module level.

    row: a named tuple with the types of the columns, in their order. Each call reads one consistent
    state and sees every COMMIT that has ended, of any process. It runs outside `Database.read()`,
    so two calls may see different states.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]], row: type[R]) -> None:
        self._statement = statement
        self._row = row
        self._compiled: _Compiled | None = None

    def fetch_all(self, database: Database, **values: object) -> list[R]:
        """Return the rows. values: by parameter name. Raises: KeyError for a missing one."""
        compiled = self._compiled_for(database.engine.dialect)
        return self._rows(compiled, database.fetch_rows(compiled.sql, compiled.given(values)))

    def fetch_one(self, database: Database, **values: object) -> R | None:
        """Return the first row, or None."""
        rows = self.fetch_all(database, **values)
        return rows[0] if rows else None

    def fetch_one_in(self, session: Session, **values: object) -> R | None:
        """Return the first row of a write session, or None. It does not see unflushed changes of
        objects. Raises: DBAPIError."""
        compiled = self._compiled_for(session.get_bind().dialect)
        # All rows: an unfinished statement would stay open in the transaction.
        rows = _execute(session, compiled.sql, compiled.given(values)).fetchall()
        return self._rows(compiled, rows)[0] if rows else None

    def _compiled_for(self, dialect: Dialect) -> _Compiled:
        if self._compiled is None:
            columns = []
            for place, column in enumerate(self._statement.selected_columns):
                convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
                if convert is not None:
                    columns.append((place, convert))
            compiled = self._statement.compile(dialect=dialect)
            self._compiled = _Compiled(str(compiled), _parameters(compiled, dialect), columns)
        return self._compiled

    def _rows(self, compiled: _Compiled, found: Sequence[tuple[Any, ...]]) -> list[R]:
        made = []
        for cells in found:
            converted = list(cells)
            for place, convert in compiled.columns:
                converted[place] = convert(cells[place])
            made.append(self._row._make(converted))
        return made


class PreparedChange:
    """One INSERT or UPDATE with named parameters, in a write session. Define it at module level.

    columns: of the table, whose values each call gives, besides the statement's own parameters.
    """

    def __init__(self, statement: Insert | Update, *columns: str) -> None:
        self._statement = statement.inline() if isinstance(statement, Insert) else statement
        self._columns = columns
        self._compiled: _Compiled | None = None

    def run(self, session: Session, *rows: Mapping[str, object]) -> None:
        """Execute it for each of these values. Raises: DBAPIError; KeyError for a missing one."""
        compiled = self._compiled_for(session)
        for row in rows:
            _execute(session, compiled.sql, compiled.given(row))

    def returned(self, session: Session, **values: object) -> Any:
        """Execute it; return the first column of RETURNING, or None if it changed no row."""
        compiled = self._compiled_for(session)
        rows = _execute(session, compiled.sql, compiled.given(values)).fetchall()
        return rows[0][0] if rows else None

    def _compiled_for(self, session: Session) -> _Compiled:
        if self._compiled is None:
            dialect = session.get_bind().dialect
            compiled = self._statement.compile(
                dialect=dialect, column_keys=list(self._columns) or None
            )
            assert isinstance(compiled, SQLCompiler)
            if compiled.insert_prefetch or compiled.update_prefetch:
                raise CompileError("columns with defaults must be given")
            self._compiled = _Compiled(str(compiled), _parameters(compiled, dialect), ())
        return self._compiled


@contextmanager
def on_present_driver(session: Session) -> Iterator[None]:
    """Let the session's prepared statements use its present connection without asking for it
    again. A savepoint that began before is begun in the database by this; begin none inside."""
    session.info[_DRIVER] = session.connection().connection.dbapi_connection
    try:
        yield
    finally:
        del session.info[_DRIVER]


def _execute(session: Session, sql: str, given: Sequence[object]) -> sqlite3.Cursor:
    driver: Any = session.info.get(_DRIVER)
    if driver is None:
        driver = session.connection().connection.dbapi_connection
    try:
        cursor: sqlite3.Cursor = driver.execute(sql, given)
        return cursor
    except sqlite3.Error as error:
        raise DBAPIError.instance(sql, None, error, sqlite3.Error) from error


def _parameters(
    compiled: SQLCompiler, dialect: Dialect
) -> Sequence[tuple[str, Any, _Convert | None]]:
    if compiled.positiontup is None:
        raise CompileError("the dialect has no positional parameters")
    found = []
    for name in compiled.positiontup:
        bind = compiled.binds[name]
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        found.append((name, None if bind.required else bind.value, convert))
    return found
