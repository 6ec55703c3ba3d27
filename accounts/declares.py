"""What accounts let people do, and what they refuse."""

from enum import StrEnum

from core.errors import NotSignedIn, Refusal
from core.permissions import Role


class Action(StrEnum):
    """What can be done with units, people and sign-ins."""

    UNIT_LIST = "unit.list"
    UNIT_ADD = "unit.add"
    UNIT_CHANGE = "unit.change"
    UNIT_REMOVE = "unit.remove"
    USER_LIST = "user.list"
    USER_ADD = "user.add"
    USER_CHANGE = "user.change"
    USER_REMOVE = "user.remove"
    USER_SET_PASSWORD = "user.set_password"  # noqa: S105 - the name of an action
    PEOPLE_FIND = "people.find"
    SESSION_OPEN = "session.open"
    SESSION_LIST = "session.list"
    SESSION_REVOKE = "session.revoke"
    SESSION_CHANGE_PASSWORD = "session.change_password"  # noqa: S105
    SETUP_FINISH = "setup.finish"


_ADMIN = frozenset({Role.ADMIN})
_ANYONE = frozenset({Role.PERSON})

permissions: dict[StrEnum, frozenset[Role]] = {
    Action.UNIT_LIST: _ANYONE,
    Action.UNIT_ADD: _ADMIN,
    Action.UNIT_CHANGE: _ADMIN,
    Action.UNIT_REMOVE: _ADMIN,
    Action.USER_LIST: _ADMIN,
    Action.USER_ADD: _ADMIN,
    Action.USER_CHANGE: _ADMIN,
    Action.USER_REMOVE: _ADMIN,
    Action.USER_SET_PASSWORD: _ADMIN,
    Action.PEOPLE_FIND: _ANYONE,
    # The next four concern a person's own sign-ins only; nobody can name another's.
    Action.SESSION_OPEN: _ANYONE,
    Action.SESSION_LIST: _ANYONE,
    Action.SESSION_REVOKE: _ANYONE,
    Action.SESSION_CHANGE_PASSWORD: _ANYONE,
    # Whoever holds the set-up link becomes the first administrator by this very act.
    Action.SETUP_FINISH: _ADMIN,
}


class InvalidCredentials(Refusal):
    """No account with this name and password. The same answer for either being wrong."""

    code, status = "invalid_credentials", 401


class SessionRevoked(NotSignedIn):
    """The sign-in was ended: signed out elsewhere, password changed, or by an administrator."""

    code, status = "session_revoked", 401


class SessionExpired(NotSignedIn):
    """The sign-in was not used for too long."""

    code, status = "session_expired", 401


class AccountInactive(Refusal):
    """Name and password are right, but the account has been closed."""

    code, status = "account_inactive", 403


class WrongPassword(Refusal):
    """The present password, asked for again before a change, is not right."""

    code, status = "wrong_password", 422


class WeakPassword(Refusal):
    """The new password is too short or too easily guessed. `least`: characters needed."""

    code, status = "weak_password", 422


class TooManyTries(Refusal):
    """Too many wrong passwords. `retry_after`: seconds; `minutes`: the same, for people."""

    code, status = "too_many_tries", 429


class SignInBusy(Refusal):
    """More people are signing in than this machine can check in time. `retry_after`: seconds."""

    code, status = "sign_in_busy", 503


class UsernameTaken(Refusal):
    code, status = "username_taken", 409


class LastAdmin(Refusal):
    """One active administrator must remain."""

    code, status = "last_admin", 409


class UnknownUnit(Refusal):
    code, status = "unknown_unit", 422


class UnitInUse(Refusal):
    """A unit with people, parts or meetings cannot be removed."""

    code, status = "unit_in_use", 409


class UnitInsideItself(Refusal):
    """A unit cannot be part of itself, or of one of its own parts."""

    code, status = "unit_inside_itself", 422


class SetupLinkInvalid(Refusal):
    """The set-up link was used before, replaced by a later one, or never given out."""

    code, status = "setup_link_invalid", 410
