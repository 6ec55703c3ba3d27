"""Tables of accounts: units, users, and the sign-ins of their devices.

Records that name a user permanently refer to `user.id` by a foreign key without cascade, which
prevents the deletion of a user who appears in a record.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db.database import Base


class Unit(Base):
    """A body or a part of one. Units form trees.

    name: the short name on screens. full_name: the name on official documents; "": derived from the
    name (`unit_rules.full_unit_name`).
    """

    __tablename__ = "unit"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    full_name: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), default=None, index=True)
    created_at: Mapped[datetime]


class User(Base):
    """A user account.

    username: NFC and case folded, unique. password_hash: None when password sign-in is impossible.
    password_generated: the password was generated here and not changed since; it is accepted in
    any case and without its dashes. False for those generated before this column existed.
    may_create_meetings: granted by an administrator; administrators need no grant.
    totp_secret: of the second factor in force (base 32), None without one; totp_next_secret: not
    confirmed yet. totp_last_step, totp_drift: of the last code, see `code_rules`.
    name_key: bytes that sort users by given name in Vietnamese order. search_text: the text that
    searches match, without accents. Both are derived from other columns (`service.index`).
    """

    __tablename__ = "user"
    __table_args__ = (Index("ix_user_name_key_id", "name_key", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), default=None, index=True)
    position: Mapped[str] = mapped_column(default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    may_create_meetings: Mapped[bool] = mapped_column(default=False, server_default=false())
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(default=None)
    password_generated: Mapped[bool] = mapped_column(default=False, server_default=false())
    totp_secret: Mapped[str | None] = mapped_column(default=None)
    totp_next_secret: Mapped[str | None] = mapped_column(default=None)
    totp_last_step: Mapped[int] = mapped_column(default=0, server_default="0")
    totp_drift: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    name_key: Mapped[bytes] = mapped_column(LargeBinary)
    search_text: Mapped[str]

    unit: Mapped[Unit | None] = relationship(lazy="raise")


class SignIn(Base):
    """A device on which a user signed in.

    token_hash: SHA-256 of the token in the cookie; the token itself is not stored. expires_at
    moves forward while the device is used. room_id: the room that it joined last; while that is in
    use, the sign-in does not expire. password_at: when the password was last given on it.
    """

    __tablename__ = "sign_in"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    device: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    room_id: Mapped[str | None] = mapped_column(default=None)
    password_at: Mapped[datetime | None] = mapped_column(default=None)


class RecoveryCode(Base):
    """A code that replaces one of the second factor once. code_hash: a password hash."""

    __tablename__ = "recovery_code"
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Passkey(Base):
    """A public key of a device, which stands for the code of the second factor (WebAuthn).

    id: the credential id, base64url. public_key: COSE_Key. sign_count: of the last use; 0 where the
    device does not count. rp_id: the host name that it was made for and works on.
    """

    __tablename__ = "passkey"
    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    rp_id: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)
