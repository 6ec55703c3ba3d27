"""The attendance list as a PDF: the quorum with its rule, and the status of each person."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from core.i18n import Language, text_in
from core.offload import run_native
from core.typesetting.service import typeset_pdf
from meetings.shared.attendance_status import AttendanceStatus
from meetings.voting.reports.content.dates import minute, moment, stamp
from meetings.voting.reports.content.masthead import masthead, signatures, when_and_where
from meetings.voting.reports.content.printable import printable
from meetings.voting.reports.content.report_facts import (
    AttendanceFacts,
    AttendanceRow,
    MeetingFacts,
)
from meetings.voting.reports.content.subject import citation_words
from meetings.voting.rules.sentences import capital, quorum_line

TEMPLATE = Path(__file__).parent.joinpath("attendance.typ")


def attendance_pdf(meeting: MeetingFacts, attendance: AttendanceFacts, language: Language) -> bytes:
    """The roll call: people entitled to vote first, then the others. Raises: Unavailable."""
    content = run_native(attendance_content, language, meeting, attendance)
    return typeset_pdf(TEMPLATE, content, attendance.as_of or meeting.starts_at)


def attendance_content(
    language: Language, meeting: MeetingFacts, attendance: AttendanceFacts
) -> dict[str, object]:
    """The content of `attendance.typ`."""
    meeting, attendance = printable(meeting), printable(attendance)
    rule, words = attendance.rule, attendance.words
    voters = words.voters.said(language)
    entitled = [row for row in attendance.rows if row.entitled]
    others = [row for row in attendance.rows if not row.entitled]
    people = len(attendance.rows) + len(attendance.guests)
    as_of = attendance.as_of
    facts = [
        ("report.where", when_and_where(language, meeting)),
        ("report.attendance.as_of", as_of and moment(language, as_of)),
        ("report.attendance.quorum", capital(quorum_line(language, words, attendance.quorum))),
        ("report.attendance.formula", rule.formula.said(language)),
        ("report.citation", citation_words(rule.citation.said(language))),
        ("report.attendance.summary", summary(language, entitled)),
        ("report.attendance.key", attendance.key),
    ]
    columns = ("report.names.number", "report.names.name", "report.names.position")
    called = ("report.attendance.status", "report.attendance.at", "report.attendance.reason")
    tables = [
        (capital(text_in(language, "report.attendance.entitled", voters=voters)), entitled),
        (text_in(language, "report.attendance.others"), others),
        (text_in(language, "report.attendance.guests"), attendance.guests),
    ]
    return {
        "lang": language,
        "title": text_in(language, "report.attendance.file", title=meeting.title),
        "author": meeting.body,
        "masthead": masthead(language, meeting),
        "kind": text_in(language, "report.attendance"),
        "subject": meeting.title,
        "facts": [(text_in(language, key, voters=voters), text) for key, text in facts if text],
        "head": [text_in(language, key) for key in (*columns, *called)],
        "tables": [
            {"title": f"{title} ({len(rows)})", "rows": _rows(language, meeting, rows)}
            for title, rows in tables
            if rows
        ],
        "closing": text_in(language, "report.attendance.closing", number=people),
        "signatures": signatures(language, meeting, words),
    }


def summary(language: Language, rows: Sequence[AttendanceRow]) -> str:
    """Number of people with each status, unrecorded ones last: "có mặt 27, đến muộn 1"."""
    found = Counter(row.status for row in rows)
    order = (*AttendanceStatus, None)
    parts = [f"{status_words(language, one)} {found[one]}" for one in order if found[one]]
    return ", ".join(parts)


def status_words(language: Language, status: AttendanceStatus | None) -> str:
    """The word for a status."""
    return text_in(language, f"report.status.{status.value if status else 'none'}")


def _rows(
    language: Language, meeting: MeetingFacts, rows: Sequence[AttendanceRow]
) -> list[list[str]]:
    made = []
    for number, row in enumerate(rows, start=1):
        same_day = row.at is not None and row.at.date() == meeting.starts_at.date()
        at = "" if row.at is None else minute(row.at) if same_day else stamp(row.at)
        status = status_words(language, row.status)
        made.append([str(number), row.name, row.position or "", status, at, row.reason])
    return made
