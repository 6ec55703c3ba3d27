"""Who acts. Made from a signed-in session only, never from a payload."""

import msgspec


class Actor(msgspec.Struct, frozen=True):
    """A person with a valid sign-in.

    sign_in_id names the session row, so that revoking it can be seen everywhere.
    """

    user_id: str
    display_name: str
    is_admin: bool
    sign_in_id: str
