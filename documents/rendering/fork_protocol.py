"""What the worker and the zygote say to each other, and how descriptors travel with it.

A message is framed as in `render_protocol`. A wish brings the child's two descriptors with it, the
answer brings a pidfd: the kernel passes them on (SCM_RIGHTS), so that nothing is inherited by name.
"""

import os
import socket
from collections.abc import Sequence

import msgspec

from documents.render_protocol import HEADER, body_length, frame, whole

CHILD_DESCRIPTORS = 2


class SpawnRequest(msgspec.Struct, tag="wish", frozen=True):
    """A child, please. Brings: the child's end of its stream, and where its end is told.

    nice: added to the zygote's. idle: it works when nobody else wants to. file_bytes: how large a
    file it may write.
    """

    nice: int
    file_bytes: int
    idle: bool = False


class Born(msgspec.Struct, tag="born", frozen=True):
    """It lives. Brings: its pidfd."""

    pid: int


class Unborn(msgspec.Struct, tag="unborn", frozen=True):
    """There could be none; `errno` says why."""

    errno: int


class Ended(msgspec.Struct, tag="ended", frozen=True):
    """How a child ended: its exit code, or a signal's number below zero."""

    code: int


Message = SpawnRequest | Born | Unborn | Ended

_messages: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def send(channel: socket.socket, message: Message, descriptors: Sequence[int] = ()) -> None:
    """Send a message and copies of these descriptors. Raises OSError."""
    data = frame(message)
    sent = socket.send_fds(channel, [data], list(descriptors))
    channel.sendall(data[sent:])


def receive(channel: socket.socket, most: int = 0) -> tuple[Message | None, list[int]]:
    """The next message and at most so many descriptors, now ours and close-on-exec; None: the
    other side is gone. Raises OSError; ValueError or msgspec's errors for what is no message.
    """
    header, descriptors, _, _ = socket.recv_fds(channel, HEADER.size, most)
    try:
        header += whole(channel.recv, HEADER.size - len(header)) if header else b""
        if len(header) < HEADER.size:
            return _nobody(descriptors)
        length = body_length(header)
        body = whole(channel.recv, length)
        return (
            (_messages.decode(body), descriptors) if len(body) == length else _nobody(descriptors)
        )
    except BaseException:
        _nobody(descriptors)
        raise


def decode(framed: bytes) -> Message:
    """One framed message. Raises ValueError or msgspec's errors for what is none."""
    length = body_length(framed[: HEADER.size])
    return _messages.decode(framed[HEADER.size : HEADER.size + length])


def _nobody(descriptors: list[int]) -> tuple[None, list[int]]:
    for descriptor in descriptors:
        os.close(descriptor)
    return None, []
