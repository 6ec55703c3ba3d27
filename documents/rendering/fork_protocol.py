"""The messages between the worker and the fork server, with their file descriptors.

A message is framed as in `protocol`. A request carries the child's two descriptors and the answer
carries a pidfd. The kernel passes them (SCM_RIGHTS), so that none is inherited by number.
"""

import os
import socket
from collections.abc import Sequence

import msgspec

from documents.render_protocol import HEADER, body_length, frame, whole

CHILD_DESCRIPTORS = 2


class SpawnRequest(msgspec.Struct, tag="wish", frozen=True):
    """Request to fork a child. Descriptors: the child's stream, and the pipe for its exit code.

    nice: added to the fork server's. idle: use the scheduling policy SCHED_IDLE. file_bytes: the
    maximum size of a file that the child writes.
    """

    nice: int
    file_bytes: int
    idle: bool = False


class Spawned(msgspec.Struct, tag="born", frozen=True):
    """The child is running. Descriptor: its pidfd."""

    pid: int


class SpawnFailed(msgspec.Struct, tag="unborn", frozen=True):
    """The child could not be forked; `errno` gives the reason."""

    errno: int


class Ended(msgspec.Struct, tag="ended", frozen=True):
    """A child ended. code: its exit code, or the negative number of a signal."""

    code: int


Message = SpawnRequest | Spawned | SpawnFailed | Ended

_messages: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def send_message(channel: socket.socket, message: Message, descriptors: Sequence[int] = ()) -> None:
    """Send a message and copies of these descriptors. Raises: OSError."""
    data = frame(message)
    sent = socket.send_fds(channel, [data], list(descriptors))
    channel.sendall(data[sent:])


def receive(channel: socket.socket, most: int = 0) -> tuple[Message | None, list[int]]:
    """The next message (None when the peer is gone) and at most `most` descriptors, close-on-exec.

    Raises: OSError; ValueError or msgspec's errors (an invalid message).
    """
    header, descriptors, _, _ = socket.recv_fds(channel, HEADER.size, most)
    try:
        header += whole(channel.recv, HEADER.size - len(header)) if header else b""
        if len(header) < HEADER.size:
            return _close_all(descriptors)
        length = body_length(header)
        body = whole(channel.recv, length)
        return (
            (_messages.decode(body), descriptors)
            if len(body) == length
            else _close_all(descriptors)
        )
    except BaseException:
        _close_all(descriptors)
        raise


def decode(framed: bytes) -> Message:
    """Decode one framed message. Raises: ValueError or msgspec's errors (an invalid message)."""
    length = body_length(framed[: HEADER.size])
    return _messages.decode(framed[HEADER.size : HEADER.size + length])


def _close_all(descriptors: list[int]) -> tuple[None, list[int]]:
    for descriptor in descriptors:
        os.close(descriptor)
    return None, []
