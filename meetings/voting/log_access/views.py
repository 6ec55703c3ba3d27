"""HTTP routes of the vote log."""

from collections.abc import Iterator
from typing import IO, Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from core.http.endpoints import Answer, answer_query, current_actor, parse_query
from core.http.openapi import describes
from meetings.voting.declares import NoSuchSize, NotAnnounced
from meetings.voting.log_access import queries

api = Blueprint("vote_log", __name__, url_prefix="/api/v1")

CHUNK = 64 * 1024
Index = Annotated[int, Meta(ge=0, le=2**53)]


class LogQuery(msgspec.Struct, rename={"from_": "from"}):
    """Query of GET vote-log: index of the first entry, and the maximum number of entries."""

    from_: Index = 0
    limit: Annotated[int, Meta(ge=1, le=queries.PAGE)] = queries.PAGE


class ProofQuery(msgspec.Struct):
    """Query of GET vote-log/proof: index of an entry, and the log size of the proof."""

    index: Index
    size: Index | None = None


class ConsistencyQuery(msgspec.Struct, rename={"from_": "from"}):
    """Query of GET vote-log/consistency: two sizes of the log."""

    from_: Index
    to: Index | None = None


@api.get("/meetings/<meeting_id>/vote-log")
@describes(
    "Entries of the vote log, up to the first unannounced result.",
    query=LogQuery,
    answer=queries.LogPage,
    refuses=(NotAnnounced,),
)
def get_log(meeting_id: str) -> Answer:
    wanted = parse_query(LogQuery)
    return answer_query(queries.get_log, meeting_id, wanted.from_, wanted.limit)


@api.get("/meetings/<meeting_id>/vote-log/checkpoint")
@describes("The newest signed head of the log, and its keys.", answer=queries.LogHead)
def get_checkpoint(meeting_id: str) -> Answer:
    return answer_query(queries.get_head, meeting_id)


@api.get("/meetings/<meeting_id>/vote-log/proof")
@describes(
    "Proof that an entry is in the log (RFC 6962, 2.1.1).",
    query=ProofQuery,
    answer=queries.InclusionProof,
    refuses=(NoSuchSize,),
)
def get_proof(meeting_id: str) -> Answer:
    wanted = parse_query(ProofQuery)
    return answer_query(queries.get_inclusion, meeting_id, wanted.index, wanted.size)


@api.get("/meetings/<meeting_id>/vote-log/consistency")
@describes(
    "Proof that the log of one size is a prefix of the log of another (RFC 6962, 2.1.2).",
    query=ConsistencyQuery,
    answer=queries.ConsistencyProof,
    refuses=(NoSuchSize,),
)
def get_consistency(meeting_id: str) -> Answer:
    wanted = parse_query(ConsistencyQuery)
    return answer_query(queries.get_consistency, meeting_id, wanted.from_, wanted.to)


@api.get("/meetings/<meeting_id>/vote-archive.zip")
@describes(
    "The vote log with everything needed to verify it offline.",
    media="application/zip",
    refuses=(NotAnnounced,),
)
def get_archive(meeting_id: str) -> Response:
    packed = queries.get_archive(current_actor(), meeting_id)
    response = Response(_chunks(packed), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename="vote-archive.zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _chunks(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while chunk := packed.read(CHUNK):
            yield chunk
