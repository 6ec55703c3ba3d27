"""The actor of a request. Created from an authenticated session only, never from a payload."""

import msgspec


class Actor(msgspec.Struct, frozen=True):
    """A user with a valid session.

    sign_in_id: the session row, so that all code can detect its revocation.
    may_create_meetings: the right granted to the account; administrators need no grant.
    """

    user_id: str
    display_name: str
    is_admin: bool
    sign_in_id: str
    may_create_meetings: bool = False
