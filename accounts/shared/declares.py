"""Permissions and refusals of accounts."""

from enum import StrEnum

from core.errors import NotSignedIn, Refusal
from core.permissions import Role


class Action(StrEnum):
    """Actions on units, users and sign-ins."""

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
    SESSION_CONFIRM = "session.confirm"
    SECOND_FACTOR_SET = "second_factor.set"
    SECOND_FACTOR_REMOVE = "second_factor.remove"
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
    Action.SECOND_FACTOR_REMOVE: _ADMIN,
    # The next six concern the actor's own sign-ins only; no request names another user's.
    Action.SESSION_OPEN: _ANYONE,
    Action.SESSION_LIST: _ANYONE,
    Action.SESSION_REVOKE: _ANYONE,
    Action.SESSION_CHANGE_PASSWORD: _ANYONE,
    Action.SESSION_CONFIRM: _ANYONE,
    Action.SECOND_FACTOR_SET: _ANYONE,
    # The holder of the setup link becomes the first administrator with this action.
    Action.SETUP_FINISH: _ADMIN,
}


class InvalidCredentials(Refusal):
    """No account with this username and password. Both errors give the same answer."""

    code, status, audited = "invalid_credentials", 401, True


class SessionRevoked(NotSignedIn):
    """The sign-in was revoked: sign-out elsewhere, password change, or by an administrator."""

    code, status = "session_revoked", 401


class SessionExpired(NotSignedIn):
    """The sign-in expired because it was unused for too long."""

    code, status = "session_expired", 401


class AccountInactive(Refusal):
    """Username and password are right, but the account is deactivated."""

    code, status = "account_inactive", 403


class WrongPassword(Refusal):
    """The current password, which a password change requires, is wrong."""

    code, status, audited = "wrong_password", 422, True


class CodeNeeded(Refusal):
    """The password is right; the account also needs a code of its second factor. `passkey`: what
    the browser asks its passkeys, where the account has one for this host name."""

    code, status = "code_needed", 401

    def __init__(self, passkey: object = None) -> None:
        super().__init__()
        self.passkey = passkey

    def members(self) -> dict[str, object]:
        """Return the member `passkey`, if there is one."""
        return {} if self.passkey is None else {"passkey": self.passkey}


class WrongCode(Refusal):
    """The code of the second factor is wrong, too old, or was used before; or the passkey is."""

    code, status, audited = "wrong_code", 422, True


class NoSecondFactor(Refusal):
    """The account has no second factor, or none that waits for its first code."""

    code, status = "no_second_factor", 409


class NoPasskeysHere(Refusal):
    """Passkeys need a host name and HTTPS; this address of the server has an IP address or none."""

    code, status = "no_passkeys_here", 409


class PasskeyRefused(Refusal):
    """What the browser sent is no new passkey of this page, came too late, or is known already."""

    code, status = "passkey_refused", 422


class TooManyPasskeys(Refusal):
    """The account has as many passkeys as it may. `most`: how many."""

    code, status = "too_many_passkeys", 409


class PasswordNeeded(Refusal):
    """An act on other people's accounts: the actor's own password is needed again. `minutes`: how
    long it counts."""

    code, status, audited = "password_needed", 403, False


class PasswordChangeNeeded(Refusal):
    """An administrator or secretary with a generated password: it must be changed first."""

    code, status, audited = "password_change_needed", 403, False


class SecondFactorNeeded(Refusal):
    """An administrator or secretary without the second factor that the settings require."""

    code, status, audited = "second_factor_needed", 403, False


class WeakPassword(Refusal):
    """The new password is too short or easily guessed. `least`: minimum number of characters."""

    code, status = "weak_password", 422


class TooManyTries(Refusal):
    """Too many wrong passwords. `retry_after`: seconds; `minutes`: the same, for people."""

    code, status, audited = "too_many_tries", 429, True


class SignInBusy(Refusal):
    """The queue of password checks is too long. `retry_after`: seconds."""

    code, status = "sign_in_busy", 503


class UsernameTaken(Refusal):
    code, status = "username_taken", 409


class LastAdmin(Refusal):
    """One active administrator must remain."""

    code, status = "last_admin", 409


class UnknownUnit(Refusal):
    code, status = "unknown_unit", 422


class UnitInUse(Refusal):
    """A unit with people, sub-units or meetings cannot be deleted."""

    code, status = "unit_in_use", 409


class UnitInsideItself(Refusal):
    """A unit cannot be its own parent or a child of one of its descendants."""

    code, status = "unit_inside_itself", 422


class SetupLinkInvalid(Refusal):
    """The setup link was used, was replaced by a later one, or is invalid."""

    code, status = "setup_link_invalid", 410
