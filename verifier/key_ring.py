"""Which key speaks for a log at each of its entries."""

from collections.abc import Mapping
from typing import Any

from verifier.ed25519 import is_signed
from verifier.faults import Fault
from verifier.notes import Key, read_key, rotation_message


class KeyRing:
    """The keys of key.txt, taken into use one after another as the log says."""

    def __init__(self) -> None:
        self.key: Key | None = None
        self._coming: list[Key] = []

    def lay_out(self, keys: list[Key]) -> None:
        """The keys of the next log."""
        self._coming = list(keys)

    def start(self, said: str) -> bool:
        """A log begins with this key; answers whether the log before ended with the same one."""
        before = self.key
        self._take(said)
        return before in (None, self.key)

    def rotate(self, log_id: str, data: Mapping[str, Any]) -> None:
        """The key in use hands over to the next. Raises Fault."""
        old = self.key
        if old is None or data["old_key"] != old.text:
            raise Fault("rotates_another_key")
        message = rotation_message(log_id, old.text, data["new_key"])
        if not is_signed(old.public, message, bytes.fromhex(data["signature_by_old"])):
            raise Fault("rotation_not_signed")
        self._take(data["new_key"])

    def end(self) -> None:
        """The log is over: no key may be left that it never named. Raises Fault."""
        if self._coming:
            raise Fault("key_never_used", params={"key": self._coming[0].text})

    def _take(self, said: str) -> None:
        if not self._coming or read_key(said) != self._coming[0]:
            raise Fault("key_not_listed")
        self.key = self._coming.pop(0)
