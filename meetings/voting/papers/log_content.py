"""What papers say of the log of a vote."""

import io

import segno

from meetings.shared.bilingual import Language
from meetings.voting.log.checkpoint import Checkpoint
from meetings.voting.papers.facts import LogFacts
from meetings.voting.papers.words import say


def log_rows(language: Language, log: LogFacts) -> list[tuple[str, str | int]]:
    """Where the log holds the poll, and the root that vouches for it, as checkpoints write it."""
    rows: list[tuple[str, str | int]] = [
        ("log.id", log.log_id),
        ("log.index", log.index),
        ("log.hash", log.leaf_hash),
        ("log.size", say(language, "log.size.value", size=log.size)),
        ("log.root", _checkpoint(log).text.splitlines()[2]),
    ]
    return [(say(language, key), value) for key, value in rows]


def log_section(language: Language, log: LogFacts, number: int) -> dict[str, object]:
    """The section about the log, with its checkpoint as a QR code."""
    drawn = io.BytesIO()
    code = segno.make(_checkpoint(log).text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0)
    return {
        "title": say(language, "section.log", number=number),
        "rows": log_rows(language, log),
        "qr": drawn.getvalue().decode(),
        "qr_words": say(language, "log.qr"),
    }


def _checkpoint(log: LogFacts) -> Checkpoint:
    return Checkpoint(log.log_id, log.size, bytes.fromhex(log.root))
