"""The key in use at each entry of a log, and the keys that vouch for the last log."""

from collections.abc import Mapping
from typing import Any

from verifier.ed25519 import is_signed
from verifier.faults import Fault
from verifier.notes import Key, continuation_message, read_key, rotation_message


class SigningKeys:
    """The keys of key.txt, used one after another in the order of the log.

    chain: the keys since the last continuation that no old key signed. Each key signed the next
    one, and the last is in use: trust in any of them extends to the last log.
    """

    def __init__(self) -> None:
        self.key: Key | None = None
        self.chain: list[Key] = []
        self._coming: list[Key] = []

    def lay_out(self, keys: list[Key]) -> None:
        """Set the keys of the next log."""
        self._coming = list(keys)

    def start(self, log_id: str, data: Mapping[str, Any]) -> bool:
        """Start a log. Returns whether the previous log's key vouches for it. Raises: Fault.

        The key vouches if it signed the continuation, or if the new log uses the same key.
        """
        old, signature = self.key, (data["continues"] or {}).get("signature_by_old")
        if old is not None and signature is not None:
            message = continuation_message(log_id, old.text, data)
            if not is_signed(old.public, message, bytes.fromhex(signature)):
                raise Fault("continuation_not_signed")
        self._take(data["key"])
        vouched = old is None or old == self.key or signature is not None
        if not vouched:
            self.chain = self.chain[-1:]
        return vouched

    def rotate(self, log_id: str, data: Mapping[str, Any]) -> None:
        """Replace the key in use by the next one. Raises: Fault."""
        old = self.key
        if old is None or data["old_key"] != old.text:
            raise Fault("rotates_another_key")
        message = rotation_message(log_id, old.text, data["new_key"])
        if not is_signed(old.public, message, bytes.fromhex(data["signature_by_old"])):
            raise Fault("rotation_not_signed")
        self._take(data["new_key"])

    def end(self) -> None:
        """Finish the log: every listed key must have been used. Raises: Fault."""
        if self._coming:
            raise Fault("key_never_used", params={"key": self._coming[0].text})

    def _take(self, said: str) -> None:
        if not self._coming or read_key(said) != self._coming[0]:
            raise Fault("key_not_listed")
        self.key = self._coming.pop(0)
        self.chain.append(self.key)
