"""Texts of printed receipts, put together as docs/vote-log.md defines them."""

import base64
import hashlib


def slip_text(index: int, leaf: bytes, note: str) -> str:
    """The text DHR1:… of a ballot. note: the checkpoint that ends with it."""
    head, _, signature = note.removesuffix("\n").partition("\n\n")
    origin, _, root = head.split("\n")
    _, name, signed = signature.split(" ")
    content = slip_bytes(index, leaf, base64.b64decode(root), origin.removeprefix("dienhong/"))
    return with_sum(content + _counted(name.encode()) + base64.b64decode(signed))


def slip_bytes(index: int, leaf: bytes, root: bytes, log_id: str) -> bytes:
    """The part before the key's name."""
    return _counted(log_id.encode()) + index.to_bytes(6) + leaf + root


def with_sum(content: bytes) -> str:
    """The text of this content with a right check sum, whatever the content is."""
    whole = content + hashlib.sha256(content).digest()[:4]
    return "DHR1:" + base64.b32encode(whole).decode().rstrip("=")


def grouped(text: str) -> str:
    """As it is typed from paper: groups of five letters in lines."""
    groups = [text[at : at + 5] for at in range(0, len(text), 5)]
    return "\n".join(" ".join(groups[at : at + 10]) for at in range(0, len(groups), 10)).lower()


def _counted(part: bytes) -> bytes:
    return bytes([len(part)]) + part
