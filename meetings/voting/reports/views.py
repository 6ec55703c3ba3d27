"""HTTP routes of reports: the result, the tellers' record, the attendance list."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from core.errors import Unavailable
from core.http.downloads import DOCX, as_download, name_of_words
from core.http.endpoints import Answer, act, answer_query, current_actor, parse
from core.http.openapi import describes
from core.i18n import Language, chosen_language, text_in
from meetings.meeting.declares import WrongStatus
from meetings.voting import declares
from meetings.voting.reports import tellers_record as tellers
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts, TellersRecord
from meetings.voting.reports.formats.attendance_pdf import attendance_pdf
from meetings.voting.reports.formats.pdf import result_pdf, tellers_record_pdf
from meetings.voting.reports.formats.result_csv import result_csv
from meetings.voting.reports.queries import facts_of_count, facts_of_roll, facts_of_vote

api = Blueprint("vote_papers", __name__, url_prefix="/api/v1")

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
REFUSES = (
    declares.PollOpen,
    declares.PollNotOpen,
    declares.NotAnnounced,
    declares.VoteContradictsLog,
    Unavailable,
)

Line = Annotated[str, Meta(max_length=300)]
Lines = Annotated[str, Meta(max_length=5_000)]
Names = Annotated[list[Line], Meta(max_length=20)]


class RecordBody(msgspec.Struct):
    """Body of PUT /polls/{id}/tellers-record: facts that only the tellers know."""

    __module__ = "meetings.voting.paper_views"  # part of its schema name in OpenAPI

    number: Line = ""
    symbol: Line = ""
    place: Line = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    tellers: Names = []
    witnesses: Names = []
    complaints: Lines = ""
    handling: Lines = ""
    conclusion: Lines = ""
    copies: Line = ""


@api.get("/polls/<poll_id>/tellers-record")
@describes("The tellers' record.", answer=TellersRecord)
def get_record(poll_id: str) -> Answer:
    return answer_query(tellers.get_record, poll_id)


@api.put("/polls/<poll_id>/tellers-record")
@describes(
    "Write the tellers' record: names, witnesses, complaints, conclusion.",
    body=RecordBody,
    answer=TellersRecord,
    refuses=(declares.PollNotOpen, WrongStatus),
)
def put_record(poll_id: str) -> Answer:
    record = msgspec.convert(msgspec.to_builtins(parse(RecordBody)), TellersRecord)
    return act(tellers.write_record, poll_id, record)


@api.get("/polls/<poll_id>/result.pdf")
@describes("The result as a PDF in A4.", media=PDF, refuses=REFUSES)
def get_result_pdf(poll_id: str) -> Response:
    return _result(poll_id, result_pdf, PDF, "pdf")


@api.get("/polls/<poll_id>/result.xlsx")
@describes("The result as a workbook.", media=XLSX, refuses=REFUSES)
def get_result_xlsx(poll_id: str) -> Response:
    # The libraries of this format and of Word take 10 MB, and few requests need them.
    from meetings.voting.reports.formats.result_xlsx import result_xlsx  # noqa: PLC0415

    return _result(poll_id, result_xlsx, XLSX, "xlsx")


@api.get("/polls/<poll_id>/result.csv")
@describes("The result as CSV for a spreadsheet.", media=CSV, refuses=REFUSES)
def get_result_csv(poll_id: str) -> Response:
    return _result(poll_id, result_csv, CSV, "csv")


@api.get("/polls/<poll_id>/tellers-record.pdf")
@describes("The tellers' record as a PDF, in the official form.", media=PDF, refuses=REFUSES)
def get_record_pdf(poll_id: str) -> Response:
    return _record(poll_id, tellers_record_pdf, PDF, "pdf")


@api.get("/polls/<poll_id>/tellers-record.docx")
@describes("The tellers' record as a Word document.", media=DOCX, refuses=REFUSES)
def get_record_docx(poll_id: str) -> Response:
    from meetings.voting.reports.formats.record_docx import tellers_record_docx  # noqa: PLC0415

    return _record(poll_id, tellers_record_docx, DOCX, "docx")


@api.get("/meetings/<meeting_id>/attendance.pdf")
@describes("The attendance list, with the reasons.", media=PDF, refuses=(Unavailable,))
def get_attendance_pdf(meeting_id: str) -> Response:
    meeting, attendance = facts_of_roll(current_actor(), meeting_id)
    content = attendance_pdf(meeting, attendance, chosen_language())
    return _file(content, PDF, "pdf", "report.attendance", meeting.title)


def _result(
    poll_id: str,
    render: Callable[[MeetingFacts, PollFacts, Language], bytes],
    media: str,
    extension: str,
) -> Response:
    meeting, poll = facts_of_vote(current_actor(), poll_id)
    content = render(meeting, poll, chosen_language())
    return _file(content, media, extension, "report.result", meeting.title, poll.title)


def _record(
    poll_id: str,
    render: Callable[[MeetingFacts, PollFacts, TellersRecord, Language], bytes],
    media: str,
    extension: str,
) -> Response:
    actor = current_actor()
    record = tellers.record_for(actor, poll_id)
    meeting, poll = facts_of_count(actor, poll_id)
    content = render(meeting, poll, record, chosen_language())
    return _file(content, media, extension, "report.record", meeting.title, poll.title)


def _file(content: bytes, mimetype: str, ending: str, kind: str, *words: str) -> Response:
    """A download named after the report, the meeting and the question.

    kind: catalogue key of the report's name.
    """
    response = Response(content, mimetype=mimetype)
    name, plain = name_of_words(ending, text_in(chosen_language(), kind).capitalize(), *words)
    as_download(response, name, plain=plain)
    response.headers["Cache-Control"] = "private, no-store"
    return response
