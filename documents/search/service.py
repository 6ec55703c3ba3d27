"""Searches documents that a caller may read, and keeps the index of their words."""

import sqlite3
from collections.abc import Collection, Sequence

import msgspec
import structlog
from sqlalchemy import select

from core.app_context import AppContext, current_context
from core.errors import Unavailable
from core.offload import run_native
from documents.models import DocumentVersion, VersionStatus
from documents.pages.files import PageFiles
from documents.render_protocol import Word
from documents.search.index import Fts5Index, Hit, SearchIndex
from documents.search.matching import Box, Match, match
from documents.search.searchable import Searchable

LONGEST_QUERY = 200
MOST_HITS = 40

log = structlog.get_logger()


class SnippetPiece(msgspec.Struct, frozen=True):
    """Part of a snippet. match: whether it is what was searched."""

    text: str
    match: bool


class FoundPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that matches. boxes: of the words, as fractions of the page as displayed.

    source: "ocr" if the words were recognized in a scan, else "text".
    """

    meeting_id: str
    document_id: str
    version: int
    page: int
    title: str
    snippet: list[SnippetPiece]
    boxes: list[Box]
    source: str


class FoundPages(msgspec.Struct, frozen=True):
    """The pages that match best, best first."""

    items: list[FoundPage]
    next: None = None


def index_of(context: AppContext) -> SearchIndex:
    """The index of this installation."""
    return Fts5Index(context.config.data / "search.sqlite3")


def search(query: str, among: Sequence[Searchable]) -> FoundPages:
    """Pages of these documents that match. Raises: Unavailable (the index cannot be read)."""
    context = current_context()
    by_hash: dict[str, list[Searchable]] = {}
    for one in among:
        by_hash.setdefault(one.sha256, []).append(one)
    try:
        found = run_native(_find, context, query, by_hash.keys())
    except sqlite3.Error as fault:
        log.warning("search_failed", fault=str(fault))
        raise Unavailable(retry_after=2) from fault
    items = [_found(one, *place) for place in found for one in by_hash[place[0].sha256]]
    return FoundPages(items[:MOST_HITS])


def _find(
    context: AppContext, query: str, documents: Collection[str]
) -> list[tuple[Hit, Match, str]]:
    """Search, and read the words of the pages that were found, and their source."""
    found = []
    for hit in index_of(context).find(query, documents, MOST_HITS):
        files = PageFiles(context.storage, hit.sha256)
        words = msgspec.json.decode(files.read_words(hit.page) or b"[]", type=list[Word])
        source = "ocr" if files.are_recognized(hit.page) else "text"
        found.append((hit, match(words, query, hit.closeness), source))
    return found


def _found(one: Searchable, hit: Hit, matched: Match, source: str) -> FoundPage:
    return FoundPage(
        meeting_id=one.room_id,
        document_id=one.document_id,
        version=one.version,
        page=hit.page,
        title=one.title,
        snippet=[SnippetPiece(*piece) for piece in matched.snippet],
        boxes=matched.boxes,
        source=source,
    )


def put_document(sha256: str, page_count: int) -> None:
    """Index the words of a document, which are in its files. Runs in the worker.

    A failure is made up for by `refresh`.
    """
    context = current_context()
    files = PageFiles(context.storage, sha256)
    texts = {}
    for page in range(1, page_count + 1):
        words = msgspec.json.decode(files.read_words(page) or b"[]", type=list[Word])
        texts[page] = " ".join(word[4] for word in words)
    try:
        index_of(context).put(sha256, texts)
    except sqlite3.Error as fault:
        log.warning("search_index_not_written", fault=str(fault))


def refresh() -> None:
    """Index what is not, after an upgrade or a restore, and erase the words of documents that are
    gone. Runs in the worker."""
    context = current_context()
    with context.database.read() as session:
        ready = select(DocumentVersion.sha256, DocumentVersion.page_count).where(
            DocumentVersion.status == VersionStatus.READY
        )
        pages = {row.sha256: row.page_count or 0 for row in session.execute(ready)}
    index = index_of(context)
    try:
        known = index.known()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as fault:  # a damaged file
        log.warning("search_index_damaged", fault=str(fault))
        index.remove()
        known = set()
    if gone := known - pages.keys():
        index.forget(gone)
    for sha256, count in pages.items():
        last = PageFiles(context.storage, sha256).words(count)
        # Otherwise ingest still reads them, and indexes them then.
        if sha256 not in known and last.exists():
            put_document(sha256, count)
