"""Services of user accounts, for administrators (and for preparing an installation)."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.passwords import hashing
from accounts.passwords.password_rules import check_new_password
from accounts.passwords.password_words import new_password
from accounts.second_factor.service import SecondFactorRemoved, remove_second_factor
from accounts.shared.declares import (
    Action,
    LastAdmin,
    NoSecondFactor,
    UnknownUnit,
    UsernameTaken,
)
from accounts.shared.interfaces import (
    check_account_free,
    publish_password_set,
    publish_person_changed,
    publish_revoked,
)
from accounts.shared.models import Unit, User
from accounts.shared.name_rules import fold, folded_username, is_username, name_key
from accounts.shared.queries import UserView, user_by_username, user_view
from accounts.shared.secret_bodies import key_body_and_replay
from accounts.sign_in.limits import forgive_account
from accounts.sign_in.reauthentication import check_recent_password
from accounts.sign_in.service import revoke_sign_ins
from core.actor import Actor
from core.app_context import current_context
from core.errors import InvalidInput
from core.ids import new_id
from core.patch import given_fields
from core.transactions.transaction import Tx, transaction

Line = Annotated[str, Meta(max_length=200)]
SYSTEM = Actor(user_id="system", display_name="", is_admin=True, sign_in_id="")
"""The actor of preparation and seeding."""


class NewUser(msgspec.Struct, frozen=True):
    """A new account. Without a password one is generated and returned once."""

    username: Line
    display_name: Line
    unit_id: str | None = None
    position: Line | None = None
    is_admin: bool = False
    may_create_meetings: bool = False
    password: Annotated[str, Meta(max_length=256)] | None = None


class UserChanges(msgspec.Struct, frozen=True):
    """Changes of an account; an omitted field is not changed."""

    username: Line | UnsetType = UNSET
    display_name: Line | UnsetType = UNSET
    unit_id: str | UnsetType | None = UNSET
    position: Line | UnsetType | None = UNSET
    is_admin: bool | UnsetType = UNSET
    may_create_meetings: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class UserAdded(UserView, frozen=True):
    """A new account. `initial_password`: returned once, null when one was given."""

    initial_password: str | None = None


class UserRemoved(msgspec.Struct, frozen=True):
    """`deleted`: false when records refer to the user, so that the account was only deactivated."""

    id: str
    deleted: bool


class PasswordSet(msgspec.Struct, frozen=True):
    """`initial_password`: returned once, null when one was given."""

    id: str
    initial_password: str | None


def add_user(
    actor: Actor, new: NewUser, *, password_hash: str | None = None, generated: bool = False
) -> UserAdded:
    """Create an account.

    password_hash: computed beforehand (seeds); then `new.password` is ignored, and `generated`
    says whether the hash is of a generated password.
    Raises: NotAllowed, UsernameTaken, UnknownUnit, WeakPassword, InvalidInput, SignInBusy.
    """
    key_body_and_replay()
    _allow_early(actor, Action.USER_ADD)
    username = _checked_username(new.username)
    initial, hashed = None, password_hash
    if hashed is None:
        initial, hashed = _new_password(new.password, username)
        generated = initial is not None
    with transaction() as tx:
        tx.allow(actor, Action.USER_ADD, None)
        check_recent_password(tx.session, actor)
        user = new_account(tx, new, _unit(tx.session, new.unit_id), hashed)
        user.password_generated = generated
        tx.audit(actor, Action.USER_ADD, user, username=username, is_admin=new.is_admin)
        view = msgspec.structs.asdict(user_view(user))
        answer = UserAdded(**view, initial_password=initial)
        return tx.answers(answer, once=("initial_password",))


def new_account(tx: Tx, new: NewUser, unit: Unit | None, password_hash: str) -> User:
    """Insert an account's row in an open transaction. Raises: UsernameTaken, InvalidInput."""
    username = _checked_username(new.username)
    _check_free(tx.session, username)
    user = User(
        id=new_id(),
        username=username,
        display_name=_checked_name(new.display_name),
        unit=unit,
        position=new.position or "",
        is_admin=new.is_admin,
        may_create_meetings=new.may_create_meetings,
        password_hash=password_hash,
        created_at=tx.at,
    )
    index(user)
    tx.session.add(user)
    tx.session.flush()
    return user


def change_user(actor: Actor, user_id: str, changes: UserChanges) -> UserView:
    """Change an account; deactivating it (active: false) ends all its sign-ins.

    Raises: NotAllowed, NotFound, UsernameTaken, UnknownUnit, LastAdmin, InvalidInput; the refusal
    of `check_account_free` for a deactivation.
    """
    with transaction() as tx:
        tx.allow(actor, Action.USER_CHANGE, None)
        check_recent_password(tx.session, actor)
        user = _locked(tx, user_id)
        given = given_fields(changes)
        if given.get("active") is False:
            check_account_free(tx.session, user.id)
        _check_admin_remains(tx.session, user, given)
        before = (user.display_name, user.position)
        _apply(tx.session, user, given)
        tx.session.flush()
        ended = [] if user.active else revoke_sign_ins(tx, user.id)
        tx.audit(actor, Action.USER_CHANGE, user, fields=sorted(given))
        if before != (user.display_name, user.position):
            publish_person_changed(tx, user)
        answer = tx.answers(user_view(user))
    publish_revoked(ended)
    return answer


def remove_user(actor: Actor, user_id: str) -> UserRemoved:
    """Delete an account; deactivate it if records refer to it.

    Raises: NotFound, LastAdmin, the refusal of `check_account_free`.
    """
    with transaction() as tx:
        tx.allow(actor, Action.USER_REMOVE, None)
        check_recent_password(tx.session, actor)
        user = _locked(tx, user_id)
        check_account_free(tx.session, user.id)
        _check_admin_remains(tx.session, user, {"active": False})
        tx.audit(actor, Action.USER_REMOVE, user, username=user.username)
        ended = revoke_sign_ins(tx, user.id)
        deleted = _deleted(tx.session, user)
        if not deleted:
            user.active = False
        answer = tx.answers(UserRemoved(id=user_id, deleted=deleted))
    publish_revoked(ended)
    return answer


def set_password(
    actor: Actor, user_id: str, password: str | None, reason: str | None = None
) -> PasswordSet:
    """Set an account's password (None: generate one); its other sign-ins end.

    reason: why it is necessary now, where `check_account_free` refuses it otherwise. Raises:
    NotAllowed, NotFound, WeakPassword, SignInBusy, that refusal.
    """
    key_body_and_replay()
    _allow_early(actor, Action.USER_SET_PASSWORD)
    with current_context().database.read() as session:
        known = session.get(User, user_id)
    initial, hashed = _new_password(password, known.username if known else "")
    with transaction() as tx:
        tx.allow(actor, Action.USER_SET_PASSWORD, None)
        check_recent_password(tx.session, actor)
        user = tx.lock(User, user_id)
        if reason is None:
            check_account_free(tx.session, user.id)
        else:
            publish_password_set(tx, actor, user, reason)
        user.password_hash, user.password_generated = hashed, initial is not None
        ended = revoke_sign_ins(tx, user.id, keep=actor.sign_in_id)
        tx.audit(actor, Action.USER_SET_PASSWORD, user)
        answer = tx.answers(
            PasswordSet(id=user.id, initial_password=initial), once=("initial_password",)
        )
    forgive_account(user.username)
    publish_revoked(ended)
    return answer


def remove_factor_of(actor: Actor, user_id: str) -> SecondFactorRemoved:
    """Remove the second factor of somebody who has lost the phone and the recovery codes.

    Raises: NotAllowed, NotFound, PasswordNeeded, NoSecondFactor.
    """
    with transaction() as tx:
        tx.allow(actor, Action.SECOND_FACTOR_REMOVE, None)
        check_recent_password(tx.session, actor)
        user = tx.lock(User, user_id)
        if user.totp_secret is None:
            raise NoSecondFactor()
        remove_second_factor(tx, user)
        tx.audit(actor, Action.SECOND_FACTOR_REMOVE, user)
        return tx.answers(SecondFactorRemoved(user.id))


def index(user: User) -> None:
    """Update the columns by which lists of users are sorted and searched."""
    user.name_key = name_key(user.display_name)
    user.search_text = fold(f"{user.display_name} {user.username} {user.position}")


def _allow_early(actor: Actor, action: Action) -> None:
    """Check the permission before a password is hashed; the transaction checks it again."""
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, action, None)
        check_recent_password(session, actor)


def _new_password(given: str | None, username: str) -> tuple[str | None, str]:
    """Return the generated password (None when one was given) and the hash to store."""
    if given is not None:
        check_new_password(given, username)
        return None, hashing.hashed(given)
    initial = new_password()
    return initial, hashing.hashed(initial)


def _locked(tx: Tx, user_id: str) -> User:
    """Return the account's locked row with its unit. Raises: NotFound."""
    user = tx.lock(User, user_id)
    tx.session.refresh(user, ["unit"])
    return user


def _checked_username(given: str) -> str:
    username = folded_username(given)
    if not is_username(username):
        raise InvalidInput(("username", "1 to 64 letters, figures or . _ - @ +"))
    return username


def _checked_name(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= 120:
        raise InvalidInput(("display_name", "1 to 120 characters"))
    return name


def _check_free(session: Session, username: str) -> None:
    if user_by_username(session, username) is not None:
        raise UsernameTaken(username=username)


def _unit(session: Session, unit_id: str | None) -> Unit | None:
    if unit_id is None:
        return None
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UnknownUnit()
    return unit


def _apply(session: Session, user: User, given: dict[str, object]) -> None:
    for name, value in given.items():
        if name == "username":
            username = _checked_username(str(value))
            if username != user.username:
                _check_free(session, username)
            user.username = username
        elif name == "display_name":
            user.display_name = _checked_name(str(value))
        elif name == "unit_id":
            user.unit = _unit(session, value if value is None else str(value))
        elif name == "position":
            user.position = str(value or "")
        else:
            setattr(user, name, value)
    index(user)


def _check_admin_remains(session: Session, user: User, given: dict[str, object]) -> None:
    """Raises LastAdmin when the change would leave no active administrator."""
    stays = given.get("is_admin", user.is_admin) and given.get("active", user.active)
    if stays or not (user.is_admin and user.active):
        return
    others = select(func.count()).where(User.is_admin, User.active, User.id != user.id)
    if not session.scalar(others):
        raise LastAdmin()


def _deleted(session: Session, user: User) -> bool:
    """Delete the row unless another row refers to it. Return whether it was deleted."""
    try:
        with session.begin_nested():
            session.delete(user)
            session.flush()
    except IntegrityError:
        return False
    return True
