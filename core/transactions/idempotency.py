"""Idempotent requests: the same key and body give the same answer, once.

Scope: person + method + path + key. The row is written in the service's transaction, and the
write lock makes a concurrent repeat wait for the first request.
"""

import hashlib
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.database import table_of
from core.db.models import IdempotentAnswer
from core.db.prepared_statements import PreparedChange, PreparedQuery
from core.errors import IdempotencyConflict

T = TypeVar("T")


class Replayed(Exception):
    """The request was answered before; carries that answer."""

    def __init__(self, status: int, answer: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.answer = answer


@dataclass(frozen=True)
class Already(Generic[T]):
    """The answer when the requested state already exists: nothing is created, the status is 200."""

    view: T


@dataclass
class RequestKey:
    """The key of the current request. `body_sha256`: of the JSON body or of the uploaded file."""

    scope: str
    body_sha256: str
    status: int = 200


current: ContextVar[RequestKey | None] = ContextVar("request_key", default=None)


def scope_of(user_id: str, method: str, path: str, key: str) -> str:
    """Return the row's key: SHA-256 of person, method, path and key, in hexadecimal."""
    whole = f"{user_id}\n{method}\n{path}\n{key}"
    return hashlib.sha256(whole.encode()).hexdigest()


def raise_if_answered(session: Session, key: RequestKey) -> None:
    """Raises: Replayed for an answered request; IdempotencyConflict when the body differs."""
    row = _READING.fetch_one_in(session, scope=key.scope)
    if row is not None:
        _raise_answered(row, key)


def is_answered(scope: str) -> bool:
    """Whether a request with this key was answered before."""
    return _READING.fetch_one(current_context().database, scope=scope) is not None


def raise_if_answered_before() -> None:
    """As `raise_if_answered`, for the current request before it begins a transaction."""
    key = current.get()
    if key is not None:
        row = _READING.fetch_one(current_context().database, scope=key.scope)
        if row is not None:
            _raise_answered(row, key)


def _raise_answered(row: "_Answered", key: RequestKey) -> None:
    if row.body_sha256 != key.body_sha256:
        raise IdempotencyConflict()
    raise Replayed(row.status, row.answer)


@dataclass(frozen=True)
class GivenAnswer:
    """An answer to store. once: its fields that are secrets, stored as null. thing_id: of the
    annotation or note whose content it has."""

    view: object
    once: tuple[str, ...] = ()
    thing_id: str | None = None


def remember(session: Session, key: RequestKey, given: GivenAnswer, at: datetime) -> None:
    """Store the encoded answer."""
    kept = given.view
    if given.once:
        kept = {**msgspec.to_builtins(kept), **dict.fromkeys(given.once)}
    _REMEMBER.run(
        session,
        {
            "scope": key.scope,
            "body_sha256": key.body_sha256,
            "status": key.status,
            "answer": msgspec.json.encode(kept),
            "at": at,
            "thing_id": given.thing_id,
        },
    )


def forget_answers(session: Session, thing_ids: Sequence[str]) -> None:
    """Delete the answers that have content of these things.

    A repeated request is then done anew, and refused because its thing is deleted.
    """
    session.execute(delete(IdempotentAnswer).where(IdempotentAnswer.thing_id.in_(thing_ids)))


class _Answered(NamedTuple):
    body_sha256: str
    status: int
    answer: bytes


_answers = table_of(IdempotentAnswer)
_READING = PreparedQuery(
    select(_answers.c.body_sha256, _answers.c.status, _answers.c.answer).where(
        _answers.c.scope == bindparam("scope")
    ),
    _Answered,
)
_REMEMBER = PreparedChange(
    insert(_answers), "scope", "body_sha256", "status", "answer", "at", "thing_id"
)
