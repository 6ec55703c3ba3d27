"""HTTP helpers of all views: parse a body, call a service as the signed-in actor, answer.

A view has three lines: parse, call one service function or query, answer.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import msgspec
from flask import Response, request
from flask_login import current_user

from core.actor import Actor
from core.errors import InvalidInput, MalformedRequest, NotSignedIn, PayloadTooLarge, Refusal
from core.transactions import idempotency
from core.transactions.idempotency import Already, Replayed, RequestKey, scope_of
from core.transactions.witnessed import append_waiting

P = ParamSpec("P")
T = TypeVar("T")

MAX_JSON = 256 * 1024
MAX_DEPTH = 20
FAULT = "dienhong.fault"
"""Key of the WSGI environ: the refusal that an attempt before Flask ended with."""
Answer = Response

_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])


def current_actor() -> Actor:
    """Return the actor of this request. Raises: NotSignedIn."""
    if not current_user.is_authenticated:
        raise NotSignedIn()
    actor: Actor = current_user.actor
    return actor


def parse(kind: type[T]) -> T:
    """Decode the JSON body as a typed value; texts are NFC without bidi control characters.

    Raises: MalformedRequest (no JSON), InvalidInput (with the field), PayloadTooLarge.
    """
    body = _body()
    # A request without a body has no media type; servers differ in the value they set.
    if body and request.mimetype != "application/json":
        raise MalformedRequest()
    return convert(body, kind)


def parse_as_sent(kind: type[T]) -> T:
    """Decode the JSON body as a typed value in one step, for thousands of numbers. Texts are not
    normalised: the caller passes them through `clean`.

    Raises: MalformedRequest (no JSON), InvalidInput (with the field), PayloadTooLarge.
    """
    body = _body()
    if body and request.mimetype != "application/json":
        raise MalformedRequest()
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise _invalid(error) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise MalformedRequest() from None


def parse_query(kind: type[T]) -> T:
    """Decode the query string as a typed value; numbers and booleans are parsed from text."""
    try:
        return msgspec.convert(clean(request.args.to_dict()), kind, strict=False)
    except msgspec.ValidationError as error:
        raise _invalid(error) from None


def convert(raw: bytes, kind: type[T]) -> T:
    """Decode JSON bytes as a typed value. Raises: MalformedRequest, InvalidInput."""
    try:
        plain = msgspec.json.decode(raw or b"{}")
        return msgspec.convert(clean(plain), kind)
    except msgspec.ValidationError as error:
        raise _invalid(error) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise MalformedRequest() from None


def clean(value: Any, depth: int = 0) -> Any:
    """Normalise texts to NFC, without NUL and bidi marks. Raises: MalformedRequest: too deep."""
    if depth > MAX_DEPTH:
        raise MalformedRequest()
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.translate(_BIDI)).replace("\0", "").strip()
    if isinstance(value, list):
        return [clean(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {key: clean(part, depth + 1) for key, part in value.items()}
    return value


def act(verb: Callable[Concatenate[Actor, P], T], /, *args: P.args, **kwargs: P.kwargs) -> Answer:
    """Call a service function as the signed-in actor; answer its result with status 200."""
    return act_with(200, verb, *args, **kwargs)


def act_with(
    status: int, verb: Callable[Concatenate[Actor, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> Answer:
    """As `act`, with another success status (201, 202, 204); an `Already` answers 200."""
    actor = current_actor()
    refused: Refusal | None = request.environ.get(FAULT)
    if refused is not None:
        raise refused
    with request_key(request_line(), actor, hashlib.sha256(_body()).hexdigest(), status):
        final, body = outcome(status, lambda: verb(actor, *args, **kwargs))
    return _json(body, final)


def outcome(status: int, verb: Callable[[], object]) -> tuple[int, bytes]:
    """Call a service function; return the status and the JSON of its answer: `status`, 200 for an
    `Already`, or the answer of a request that was answered before. Raises: WitnessUnusable."""
    try:
        made = verb()
    except Replayed as before:
        append_waiting()
        return before.status, before.answer
    if isinstance(made, Already):
        append_waiting()
        return 200, msgspec.json.encode(made.view)
    return status, msgspec.json.encode(made)


class RequestLine(NamedTuple):
    """What identifies a request of a person; key: its Idempotency-Key, if it has one."""

    method: str
    path: str
    key: str | None


def request_line() -> RequestLine:
    """Of the current request."""
    return RequestLine(request.method, request.path, request.headers.get("Idempotency-Key"))


@contextmanager
def request_key(line: RequestLine, actor: Actor, body_sha256: str, status: int) -> Iterator[None]:
    """Store the answer of the transaction inside under the request's Idempotency-Key."""
    if line.key is None:
        yield
        return
    if not 0 < len(line.key) <= 64 or not line.key.isprintable():
        raise InvalidInput(("Idempotency-Key", "1 to 64 printable characters"))
    scope = scope_of(actor.user_id, line.method, line.path, line.key)
    token = idempotency.current.set(RequestKey(scope, body_sha256, status))
    try:
        yield
    finally:
        idempotency.current.reset(token)


def answer_query(
    query: Callable[Concatenate[Actor, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> Answer:
    """Run a query as the signed-in actor and answer its result."""
    return answer(query(current_actor(), *args, **kwargs))


def answer(view: object, status: int = 200) -> Answer:
    """Return a JSON response; with status 204 an empty one."""
    return _json(msgspec.json.encode(view), status)


def _json(body: bytes, status: int) -> Answer:
    if status == 204:
        return Response(status=204)
    made = Response(body, status=status, mimetype="application/json")
    made.headers["Cache-Control"] = "no-store"
    return made


def _body() -> bytes:
    if request.content_length is None:
        if "Transfer-Encoding" in request.headers:
            # A body of unknown length would not be read and would count as empty.
            raise MalformedRequest()
    elif request.content_length > MAX_JSON:
        raise PayloadTooLarge(limit=MAX_JSON)
    return request.get_data(cache=True)


def _invalid(error: msgspec.ValidationError) -> InvalidInput:
    """msgspec gives the path as "… - at `$.field`"; split it into field and message."""
    message, _, place = str(error).partition(" - at `")
    field = place.removesuffix("`").removeprefix("$").lstrip(".")
    if not field and "`" in message:
        field = message.split("`")[1]
    return InvalidInput((field, message))
