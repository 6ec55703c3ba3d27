"""Rows in every table of a database, whatever its revision, made from the tables themselves."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Enum,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    inspect,
    select,
)

Rows = dict[str, list[dict[str, Any]]]
NUMBER_OF_ROWS = 3
OWN_OF_ALEMBIC = "alembic_version"


def fill(connection: Connection) -> None:
    """Put NUMBER_OF_ROWS rows into every table that is empty, each row referring to the others."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name != OWN_OF_ALEMBIC and not connection.execute(select(table)).first():
            for number in range(NUMBER_OF_ROWS):
                connection.execute(table.insert().values(_row(connection, table, number)))


def _row(connection: Connection, table: Table, number: int) -> dict[str, Any]:
    """One row: what it refers to is taken from the rows that are there, the rest is made up."""
    row: dict[str, Any] = {}
    for column in table.columns:
        target = next((key.column for key in column.foreign_keys), None)
        if target is None:
            row[column.name] = _value(column, number)
        elif target.table is table:
            row[column.name] = None if number == 0 else f"{target.name} {number - 1}"
        else:
            there = connection.scalars(select(target).order_by(target)).all()
            row[column.name] = there[number % len(there)]
    return row


def _value(column: "Column[Any]", number: int) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Enum):
        return kind.enums[number % len(kind.enums)]
    if isinstance(kind, Integer):
        return number + 1
    if isinstance(kind, Float):
        return number + 0.5
    if isinstance(kind, LargeBinary):
        return f"{column.name} {number}".encode()
    return f"{column.name} {number}" if kind.python_type is not date else date(2026, 1, 1)


def rows_of(engine: Engine) -> Rows:
    """Every row of every table, in the order of its primary key."""
    found: Rows = {}
    metadata = MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        for name, table in metadata.tables.items():
            if name != OWN_OF_ALEMBIC:
                order = inspect(table).primary_key.columns
                result = connection.execute(select(table).order_by(*order))
                found[name] = [dict(row) for row in result.mappings()]
    return found


def kept(before: Rows, after: Rows, dropped: Collection[str] = ()) -> list[str]:
    """What of the rows before is not there after: nothing, when only columns and rows came.

    dropped: tables that a migration drops on purpose.
    """
    lost = []
    for name, rows in before.items():
        if name in dropped and name not in after:
            continue
        now = after.get(name, [])
        for old, new in zip(rows, now, strict=False):
            if any(old[key] != new.get(key, old[key]) for key in old):
                lost.append(f"{name}: {old} became {new}")
        if len(now) < len(rows):
            lost.append(f"{name}: {len(rows)} rows became {len(now)}")
    return lost
