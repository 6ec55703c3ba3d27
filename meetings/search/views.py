"""HTTP routes of search: parse, call one query, answer."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from core.errors import Unavailable
from core.http.endpoints import Answer, answer_query, parse_query
from core.http.openapi import describes
from documents.search.service import LONGEST_QUERY, FoundPages
from meetings.search import queries

api = Blueprint("search", __name__, url_prefix="/api/v1")


class SearchQuery(msgspec.Struct, frozen=True):
    """Query of a search. q: words, with or without accents; in quotes or not."""

    q: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUERY)]


@api.get("/meetings/<meeting_id>/search")
@describes(
    "Search the documents of a meeting that I may read.",
    query=SearchQuery,
    answer=FoundPages,
    refuses=(Unavailable,),
)
def get_meeting_search(meeting_id: str) -> Answer:
    return answer_query(queries.search_meeting, meeting_id, parse_query(SearchQuery).q)


@api.get("/search")
@describes(
    "Search the documents of all my meetings that I may read.",
    query=SearchQuery,
    answer=FoundPages,
    refuses=(Unavailable,),
)
def get_search() -> Answer:
    return answer_query(queries.search_all, parse_query(SearchQuery).q)
