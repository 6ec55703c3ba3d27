"""Sign-in for a phone: a one-time token in the QR code, for one member's seat."""

import hashlib
import secrets
from pathlib import Path

from core.errors import Refusal
from core.ids import new_token


class PhoneLinkUsed(Refusal):
    """The link of the QR code has been used; the demo page shows a new one."""

    code, status = "phone_link_used", 410


class PhoneEntrance:
    """Creates one-time links for one person.

    The token of the next link is stored in a file with mode 0600, so that the link printed before
    the server starts is valid in the server.
    """

    def __init__(self, path: Path, user_id: str) -> None:
        self._path = path
        self._user_id = user_id

    def path(self) -> str:
        """The path of the currently valid link."""
        if not self._path.exists():
            self._path.touch(mode=0o600)
            self._path.write_text(new_token())
        return f"/phone/{self._path.read_text()}"

    def open(self, token: str) -> str:
        """Consume a token. Returns the id of the user to sign in. Raises PhoneLinkUsed."""
        stored = self._path.read_text() if self._path.exists() else ""
        if not stored or not secrets.compare_digest(_hash(stored), _hash(token)):
            raise PhoneLinkUsed()
        self._path.unlink()
        return self._user_id


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
