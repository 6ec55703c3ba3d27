"""Prepared queries: SELECT statements that are compiled once and run on the driver's connection.

For the statements of the most frequent requests. A session takes five to ten times as long as the
query itself: it begins a transaction, looks up the compiled statement and wraps each row.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import CompileError

from core.db.database import Database

R = TypeVar("R", bound=NamedTuple)
_Convert = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """The SQL for a dialect. parameters: name, fixed value, conversion, in the order of the SQL.

    columns: places of the columns that are converted.
    """

    sql: str
    parameters: Sequence[tuple[str, Any, _Convert | None]]
    columns: Sequence[tuple[int, _Convert]]


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
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _compile(self._statement, database.engine.dialect)
        given = []
        for name, fixed, convert in compiled.parameters:
            value = values[name] if fixed is None else fixed
            given.append(value if convert is None else convert(value))
        found = []
        for cells in database.fetch_rows(compiled.sql, given):
            converted = list(cells)
            for place, convert in compiled.columns:
                converted[place] = convert(cells[place])
            found.append(self._row._make(converted))
        return found

    def fetch_one(self, database: Database, **values: object) -> R | None:
        """Return the first row, or None."""
        rows = self.fetch_all(database, **values)
        return rows[0] if rows else None


def _compile(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    if compiled.positiontup is None:
        raise CompileError("the dialect has no positional parameters")
    parameters = []
    for name in compiled.positiontup:
        bind = compiled.binds[name]
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        parameters.append((name, bind.value, convert))
    columns = []
    for place, column in enumerate(statement.selected_columns):
        convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if convert is not None:
            columns.append((place, convert))
    return _Compiled(str(compiled), parameters, columns)
