"""HTTP routes and the page of the audit, for administrators."""

from typing import Annotated

import msgspec
from flask import Blueprint, Response, stream_with_context
from msgspec import Meta

from accounts.sign_in.boot import page
from audit import queries, retention
from audit.declares import Action, AuditTooYoung
from audit.export import Format, export_entries
from audit.queries import AuditFilter
from audit.sealing import SealedDays
from core import clock
from core.app_context import current_context
from core.config import LEAST_AUDIT_DAYS
from core.http.downloads import as_download
from core.http.endpoints import Answer, act, answer_query, current_actor, parse, parse_query
from core.http.openapi import describes
from core.i18n import chosen_language

api = Blueprint("audit", __name__, url_prefix="/api/v1")
pages = Blueprint("audit_pages", __name__)

CSV = "text/csv"
JSONL = "application/jsonl"


class PruneBody(msgspec.Struct, frozen=True):
    """Body of POST /audit/prune. before: the first day that is kept, YYYY-MM-DD."""

    before: Annotated[str, Meta(min_length=10, max_length=10)]


@pages.get("/audit")
def audit_page() -> Response:
    actor = current_actor()
    context = current_context()
    with context.database.read() as session:
        context.permissions.allow(session, actor, Action.READ, None)
    days = context.config.audit_days
    return page("audit.html", audit_days=days, least_audit_days=LEAST_AUDIT_DAYS)


@api.get("/audit")
@describes(
    "The audit, newest first: sign-ins, refused requests, changes.",
    query=AuditFilter,
    answer=queries.AuditList,
)
def get_audit() -> Answer:
    return answer_query(queries.list_entries, parse_query(AuditFilter))


@api.get("/audit/days")
@describes("The newest sealed days, compared with their entries.", answer=SealedDays)
def get_audit_days() -> Answer:
    return answer_query(queries.list_days)


@api.get("/audit.csv")
@describes("The audit for a spreadsheet, oldest first.", query=AuditFilter, media=CSV)
def get_audit_csv() -> Response:
    return _file(parse_query(AuditFilter), Format.CSV, CSV)


@api.get("/audit.jsonl")
@describes(
    "The audit as the lines of JSON whose SHA-256 the seals have.", query=AuditFilter, media=JSONL
)
def get_audit_jsonl() -> Response:
    return _file(parse_query(AuditFilter), Format.JSONL, JSONL)


@api.post("/audit/prune")
@describes(
    "Delete the entries of the days before a day; their seals are kept.",
    body=PruneBody,
    answer=retention.Pruned,
    refuses=(AuditTooYoung,),
)
def post_prune() -> Answer:
    return act(retention.prune, parse(PruneBody).before)


def _file(wanted: AuditFilter, form: Format, media: str) -> Response:
    made = export_entries(current_actor(), wanted, form, chosen_language())
    response = Response(stream_with_context(made), mimetype=media)
    today = clock.today(current_context().config.timezone)
    as_download(response, f"nhat-ky-{today.isoformat()}.{form.value}")
    response.headers["Cache-Control"] = "no-store"
    return response
