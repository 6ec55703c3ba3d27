"""Eventlet's WebSocket hardened for untrusted clients; part of the eventlet server."""

from typing import Any, ClassVar

import eventlet
import eventlet.hubs
import eventlet.websocket
import structlog

from core.server.timeouts import FrameRateLimit

TOO_LARGE = 1009
log = structlog.get_logger("dienhong.server")


def served_first() -> set[int]:
    """Return the descriptors of WebSockets, whose messages are served before requests."""
    first: set[int] = eventlet.hubs.get_hub().poll.first
    return first


class _OneBuffer(eventlet.websocket.RFC6455WebSocket.Message):
    """A message of which all pieces are in one buffer: its memory does not depend on how many."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.data = [bytearray()]

    def push(self, data: bytes, final: bool = False) -> None:
        self.finished = final
        self.data[0] += data


class GuardedWebSocket(eventlet.websocket.RFC6455WebSocket):
    """Eventlet's WebSocket with a limit on whole messages and unmasking in one operation.

    Eventlet limits a frame but not a message of many frames, and unmasks byte by byte in Python:
    1 MB would block the event loop for 0.2 s. It also reads frames that have arrived without
    yielding to other clients. A message that is too large is one line in the log and the end of
    its connection.
    """

    Message = _OneBuffer

    sending: ClassVar[int] = 0
    """Characters and bytes of messages that are being sent, to all clients."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rate = FrameRateLimit()
        served_first().add(self.socket.fileno())

    def send(self, message: Any, **options: Any) -> None:
        size = len(message)
        GuardedWebSocket.sending += size
        try:
            super().send(message, **options)
        finally:
            GuardedWebSocket.sending -= size

    def _recv_frame(self, message: Any = None) -> Any:
        eventlet.sleep(self.rate.rest())
        received = super()._recv_frame(message)
        size = len(received.data[0])
        self.rate.frame_read(size if received.finished else 0)
        if size > self.max_frame_length:
            raise eventlet.websocket.FailedConnectionError(TOO_LARGE, "Message too large.")
        return received

    def close(self, close_data: tuple[int, str] | None = None) -> None:
        if close_data is not None and close_data[0] == TOO_LARGE:
            log.warning("message_too_large", address=self.environ.get("REMOTE_ADDR"))
        if self.socket.fileno() >= 0:  # Reader and writer both close; the second would fail.
            super().close(close_data)

    @staticmethod
    def _apply_mask(
        data: bytes, mask: tuple[int, ...], length: int | None = None, offset: int = 0
    ) -> bytes:
        size = len(data) if length is None else length
        turn = offset % 4
        key = bytes(mask[turn:] + mask[:turn]) * (size // 4 + 1)
        mixed = int.from_bytes(data[:size], "big") ^ int.from_bytes(key[:size], "big")
        return mixed.to_bytes(size, "big")
