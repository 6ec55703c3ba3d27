"""Refusals: the errors that clients receive, each with a code and texts in both languages.

Code raises a refusal where it detects it; the boundary encodes it: as RFC 9457 problem details over
HTTP, as `{"ok": false, "code", "detail"}` over a socket. Its text is the catalogue entry
`error.<code>` (what happened and what to do) with the parameters given here.
"""

import errno
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

Translate = Callable[..., str]
"""`say(key, **params)` returns the text of a catalogue entry in the client's language."""

known: dict[str, type["Refusal"]] = {}
"""Every declared code and its class: the complete list of codes that clients can receive."""


class WriteLockTimeout(TimeoutError):
    """The write lock was not released within the time limit."""


class Refusal(Exception):
    """Base of all refusals. A subclass sets `code` (snake_case) and the HTTP `status`."""

    code: ClassVar[str] = ""
    status: ClassVar[int] = 409
    audited: ClassVar[bool | None] = None
    """Whether the audit has it; None: if its status is 403."""
    account_id: str | None = None
    """The account that the request was about, for the audit only."""

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params

    def __init_subclass__(cls) -> None:
        if cls.code in known:
            raise TypeError(f"error code declared twice: {cls.code}")
        known[cls.code] = cls

    def told(self, say: Translate) -> Mapping[str, object]:
        """Return the parameters of the text. Override to translate parameters that are texts."""
        return self.params

    def fields(self, say: Translate) -> list[dict[str, Any]]:
        """Return the errors of single fields of the request: [{field, message, line?}]."""
        return []

    def members(self) -> dict[str, object]:
        """Return further members of the problem details, for programs (RFC 9457, 3.2)."""
        return {}


class MalformedRequest(Refusal):
    """The request violates the protocol: no JSON, invalid JSON or a wrong media type."""

    code, status = "malformed_request", 400


class InvalidInput(Refusal):
    """A field is missing, of the wrong type or out of its range. `errors`: [{field, message}]."""

    code, status = "invalid_input", 422

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__(field=errors[0][0] if errors else "")
        self.errors = [{"field": field, "message": message} for field, message in errors]

    def fields(self, say: Translate) -> list[dict[str, Any]]:
        """Return the errors; their messages are for developers, in English."""
        return self.errors


class NotSignedIn(Refusal):
    code, status = "not_signed_in", 401


class NotAllowed(Refusal):
    code, status = "not_allowed", 403


class CsrfFailed(Refusal):
    code, status = "csrf_failed", 403


class NotFound(Refusal):
    code, status = "not_found", 404


class MethodNotAllowed(Refusal):
    code, status = "method_not_allowed", 405


class IdempotencyConflict(Refusal):
    """The same Idempotency-Key was sent with another body."""

    code, status = "idempotency_conflict", 409


class PayloadTooLarge(Refusal):
    code, status = "payload_too_large", 413


class TooManyRequests(Refusal):
    """Rate limit exceeded. `retry_after`: seconds."""

    code, status = "too_many_requests", 429


class InternalError(Refusal):
    """Unexpected server error. `request_id` identifies it in the log."""

    code, status = "internal_error", 500


class Unavailable(Refusal):
    """The server cannot handle the request now. `retry_after`: seconds."""

    code, status = "unavailable", 503


class WitnessUnusable(Refusal):
    """A witness file could not be read, or not written: then the change is committed already."""

    code, status = "witness_unusable", 503


class DiskLow(Refusal):
    """Too little space is left for an upload: it is kept for votes, closing and deleting."""

    code, status = "disk_low", 507


class DiskFull(Refusal):
    code, status = "disk_full", 507


class UnknownEvent(Refusal):
    """A socket event that does not exist."""

    code, status = "unknown_event", 404


class ProtocolTooOld(Refusal):
    """The page uses another protocol version and must be reloaded."""

    code, status = "protocol_version", 409


_RETRY_AFTER = 5
_FULL = {errno.ENOSPC, errno.EDQUOT}


def refusal_for(error: BaseException) -> Refusal | None:
    """Return the refusal for a full disk or a busy database; None for other exceptions."""
    if isinstance(error, WriteLockTimeout):
        return Unavailable(retry_after=_RETRY_AFTER)
    return DiskFull() if is_disk_full(error) else None


def is_disk_full(error: BaseException) -> bool:
    """Return whether an exception reports a full disk or quota."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    # SQLite reports this only in the message: "database or disk is full".
    return "disk is full" in str(error)
