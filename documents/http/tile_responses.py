"""HTTP responses for tiles of pages. Every request is authorized, as for page images."""

from flask import Response, request

from core.actor import Actor
from core.app_context import current_context
from core.offload import run_native
from documents.declares import NoSuchTile, PageNotReady
from documents.http.page_responses import (
    RETRY_AFTER,
    missing_before,
    private,
    readable_page,
    refusal_of,
    waiting,
)
from documents.pages import codec
from documents.pages.resolutions import spread_runs
from documents.pages.tile_cache import read_tile, tile_place
from documents.pages.tile_plan import tile_area
from documents.queries import page_runs
from documents.render_protocol import RenderFault
from documents.worker import ipc_client
from documents.worker.messages import RenderRequest

TIMEOUT = 3.0
"""Seconds to wait for a tile. Clients retry, and their few connections also serve votes."""


def tile(
    actor: Actor, document_id: str, number: int, page: int, width: int, at: tuple[int, int]
) -> Response:
    """The tile at (column, row) of a page that is `width` pixels wide (`tile_plan`).

    204 without content when the tile is no sharper than the level below or the widest image.
    Raises: NotFound, NotAllowed, NoSuchTile, PageBroken, PageTooHeavy, PageNotReady,
    DocumentFailed.
    """
    version = readable_page(actor, document_id, number, page)
    sizes = spread_runs(page_runs(version))
    if not sizes:
        raise PageNotReady(retry_after=RETRY_AFTER)
    if tile_area(sizes[page - 1], width, *at) is None:
        raise NoSuchTile()
    render_request = RenderRequest("tile", version.sha256, page, width, at)
    tag = tile_tag(render_request)
    if request.if_none_match.contains(tag):
        return private(Response(), tag)
    with waiting(actor, document_id, number):
        found = missing_before(render_request) or shown_tile(render_request)
    if found is RenderFault.AS_SHARP:
        response = Response(status=204)
    elif isinstance(found, RenderFault):
        raise refusal_of(found)
    else:
        response = Response(found, mimetype=codec.mime_of(found[:12]))
    return private(response, tag)


def tile_tag(render_request: RenderRequest) -> str:
    """The ETag of a tile, without quotes."""
    column, row = render_request.tile
    place = f"{render_request.page}-{render_request.width}-{column}-{row}"
    return f"{render_request.sha256[:32]}-{place}-{codec.REVISION}"


def shown_tile(render_request: RenderRequest) -> bytes | RenderFault:
    """The bytes of a tile, rendered if missing; or the fault that prevents it.

    Raises: PageNotReady, OSError (the file cannot be read).
    """
    place = tile_place(
        current_context().storage,
        render_request.sha256,
        render_request.page,
        render_request.width,
        render_request.tile,
    )
    data = run_native(read_tile, place)
    if data is None:
        fault = ipc_client.link().request(render_request, TIMEOUT)
        if fault is not None:
            return fault
        data = run_native(read_tile, place)
    if data is None:
        # The cache is under so much load that it has already evicted the tile.
        raise PageNotReady(retry_after=RETRY_AFTER)
    return data
