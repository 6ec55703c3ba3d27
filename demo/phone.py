"""The door for a phone: a one-time token in the QR code, for one member's seat."""

import hashlib
import secrets
from pathlib import Path

from core.errors import Refusal
from core.ids import new_token


class PhoneLinkUsed(Refusal):
    """The link from the QR code was used already; the demo page shows a new one."""

    code, status = "phone_link_used", 410


class PhoneEntrance:
    """Hands out one-time links for one person. The next link's token lies in a 0600 file, so that
    the one printed at the start works in the server that starts after it."""

    def __init__(self, path: Path, user_id: str) -> None:
        self._path = path
        self._user_id = user_id

    def path(self) -> str:
        """The path of the link that works now."""
        if not self._path.exists():
            self._path.touch(mode=0o600)
            self._path.write_text(new_token())
        return f"/phone/{self._path.read_text()}"

    def open(self, token: str) -> str:
        """Use up a token; answers whom it signs in. Raises PhoneLinkUsed."""
        waiting = self._path.read_text() if self._path.exists() else ""
        if not waiting or not secrets.compare_digest(_hash(waiting), _hash(token)):
            raise PhoneLinkUsed()
        self._path.unlink()
        return self._user_id


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
