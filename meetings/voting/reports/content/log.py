"""The section of reports about the vote log."""

import io

import segno

from core.i18n import Language, text_in
from meetings.voting.reports.content.report_facts import LogFacts
from meetings.voting.vote_log.checkpoint import Checkpoint


def log_rows(language: Language, log: LogFacts) -> list[tuple[str, str | int]]:
    """Position of the poll in the log, the root of the checkpoint in its base64 form, and its
    key."""
    rows: list[tuple[str, str | int]] = [
        ("report.log.id", log.log_id),
        ("report.log.index", log.index),
        ("report.log.hash", log.leaf_hash),
        ("report.log.size", text_in(language, "report.log.size.value", size=log.size)),
        ("report.log.root", _checkpoint(log).text.splitlines()[2]),
        ("report.log.key", log.key),
    ]
    return [(text_in(language, key), value) for key, value in rows]


def log_section(language: Language, log: LogFacts, number: int) -> dict[str, object]:
    """The section about the log, with its checkpoint as a QR code."""
    drawn = io.BytesIO()
    code = segno.make(_checkpoint(log).text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0)
    return {
        "title": text_in(language, "report.section.log", number=number),
        "rows": log_rows(language, log),
        "qr": drawn.getvalue().decode(),
        "qr_words": text_in(language, "report.log.qr"),
    }


def _checkpoint(log: LogFacts) -> Checkpoint:
    return Checkpoint(log.log_id, log.size, bytes.fromhex(log.root))
