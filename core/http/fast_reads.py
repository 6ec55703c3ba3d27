"""The fast path of the most frequent GETs of JSON. See `core.http.fast_path`."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from prometheus_client import Counter

from core.actor import Actor
from core.http.fast_path import Environ, FastPath, V


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A plain GET. ids: the parameters of the route, in order. mount: the app's mount path."""

    actor: Actor
    ids: tuple[str, ...]
    mount: str


Read = Callable[[ReadRequest], object]


class FastReads(FastPath[Read]):
    """A view names the function that computes its answer; it is called for the same actor."""

    method = "GET"
    answered = Counter("dienhong_fast_reads", "GETs answered before Flask")

    def _perform(
        self, environ: Environ, declared: Read, actor: Actor, ids: tuple[str, ...]
    ) -> tuple[int, bytes]:
        mount = environ.get("SCRIPT_NAME", "").rstrip("/")
        return 200, msgspec.json.encode(declared(ReadRequest(actor, ids, mount)))


def fast_read(read: Read) -> Callable[[V], V]:
    """Declare the function that computes the JSON of a view without query parameters.

    Its refusals must be those of the view.
    """
    return FastReads.declare(read)
