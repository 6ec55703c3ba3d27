"""Who acts. Made from a signed-in session only, never from a payload."""

import msgspec


class Actor(msgspec.Struct, frozen=True):
    """A person with a valid sign-in.

    sign_in_id names the session row, so that revoking it can be seen everywhere.
    may_create_meetings: the right given to the account; administrators may without it.
    """

    user_id: str
    display_name: str
    is_admin: bool
    sign_in_id: str
    may_create_meetings: bool = False
