"""ZIP files for the test vectors: one that is right, and each way in which one can be wrong."""

import base64
import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from meetings.voting.vote_log.archive import LogFiles

Member = tuple[str, bytes]


LOCAL, LISTED = b"PK\x03\x04\x14\x00", b"PK\x01\x02\x14\x03\x14\x00"
"""Beginnings of a member's header and of its line in the directory; flags and method follow."""


def _zip(members: Sequence[Member]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _with_offset(whole: bytes, more: bytes) -> bytes:
    """The same archive with bytes before the directory at its end, which is found all the same."""
    directory = whole.index(b"PK\x01\x02")
    end = bytearray(whole[directory:])
    end[-6:-2] = struct.pack("<L", directory + len(more))
    return whole[:directory] + more + bytes(end)


def _of_plain(log: LogFiles) -> list[Member]:
    return [
        ("log.jsonl", b"".join(line + b"\n" for line in log.lines)),
        ("checkpoints.txt", "--\n".join(log.notes).encode()),
        ("key.txt", "".join(f"{vkey}\n" for vkey in log.vkeys).encode()),
    ]


def _cases(plain: Sequence[Member]) -> Iterator[tuple[str, bytes, int]]:
    whole = _zip(plain)
    readme = ("README.txt", b"")
    twice = _zip([*plain, readme, ("README.txX", b"")]).replace(b"README.txX", b"README.txt")
    yield "right", whole, 0
    yield "with a readme and a verifier", _zip([*plain, readme, ("verifier/a.py", b"")]), 0
    yield "a log twice", _zip([*plain, ("log.jsonX", b"")]).replace(b"log.jsonX", b"log.jsonl"), 2
    yield "a readme twice", twice, 2
    yield "a member of another name", _zip([*plain, ("notes.txt", b"")]), 2
    yield "a folder as a member", _zip([*plain, ("verifier/", b"")]), 2
    yield "capital letters", _zip([*plain[:2], ("KEY.txt", plain[2][1])]), 2
    yield "no keys", _zip(plain[:2]), 2
    yield "an earlier log numbered 2", _zip([*plain, ("earlier/2/log.jsonl", b"")]), 2
    yield "half an earlier log", _zip([*plain, ("earlier/1/log.jsonl", b"")]), 2
    yield "bytes after the end", whole + b"\n", 2
    yield "a comment", whole[:-2] + struct.pack("<H", 2) + b"hi", 2
    yield "bytes before the first member", b"#!\n" + whole, 2
    yield "a member that the directory does not name", _with_offset(whole, _hidden()), 2
    yield "a header of another checksum", whole[:14] + bytes([whole[14] ^ 1]) + whole[15:], 2
    yield "a header of another name", whole.replace(b"log.jsonl", b"log.jsonX", 1), 2
    yield "said to be packed with LZMA", _marked(whole, b"\x00\x00\x0e\x00"), 2
    yield "said to be encrypted", _marked(whole, b"\x01\x00\x00\x00"), 2
    yield "cut off", whole[:-1], 2


def _marked(whole: bytes, mark: bytes) -> bytes:
    """Every member with other flags and another method, in both places."""
    for start in (LOCAL, LISTED):
        whole = whole.replace(start + bytes(4), start + mark)
    return whole


def _hidden() -> bytes:
    other = _zip([("log.jsonl", b"{}\n")])
    return other[: other.index(b"PK\x01\x02")]


def vectors(log: LogFiles) -> list[dict[str, Any]]:
    """Name, the file in base64, and how a verifier ends."""
    return [
        {"name": name, "zip": base64.b64encode(whole).decode(), "exit": end}
        for name, whole, end in _cases(_of_plain(log))
    ]
