"""HTTP middleware: request ids, security headers, refusals, translations, health, metrics."""

import hmac
import time
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from prometheus_client import CONTENT_TYPE_LATEST, Histogram, generate_latest
from sqlalchemy import text
from werkzeug.exceptions import HTTPException

from core import errors, i18n
from core.app_context import current_context
from core.config import VERSION
from core.errors import Refusal
from core.http import refusal_listeners
from core.http.client import is_from_this_machine
from core.http.endpoints import answer
from core.ids import new_id
from core.transactions.transaction import client_address, request_id

log = structlog.get_logger()
SECONDS = Histogram(
    "dienhong_http_seconds", "time to answer a request", ["method", "route", "status"]
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Methods counted by name. Labels are kept for ever and clients may send arbitrary methods."""

FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of content that never changes under its URL."""

_BY_STATUS: dict[int, type[Refusal]] = {
    400: errors.MalformedRequest,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    413: errors.PayloadTooLarge,
    429: errors.TooManyRequests,
}


def install(app: Flask) -> None:
    """Register the middleware's handlers and routes on an app."""
    app.before_request(_begin)
    app.after_request(_finish)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, lambda _e: _refused(errors.CsrfFailed()))
    app.register_error_handler(Exception, _unexpected_error)
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.add_url_rule("/readyz", "readyz", _readyz)
    app.add_url_rule("/metrics", "metrics", _metrics)
    app.add_url_rule("/words/<language>.js", "words", _words)


def problem(refusal: Refusal) -> dict[str, object]:
    """Encode a refusal as RFC 9457 problem details, in the language of the request."""
    body: dict[str, object] = {
        "type": f"urn:dienhong:error:{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "code": refusal.code,
        "detail": i18n.t(f"error.{refusal.code}", **refusal.told(i18n.t)),
    }
    fields = refusal.fields(i18n.t)
    if fields:
        body["errors"] = fields
    return body | refusal.members()


def begin_request(address: str | None) -> str:
    """Set and return the id of a new request, which its log and audit entries carry.

    address: of the client.
    """
    made = new_id()[:12]
    request_id.set(made)
    client_address.set(address)
    return made


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Record the metrics of a request. route: its pattern, never its path."""
    counted = method if method in METHODS else "other"
    SECONDS.labels(counted, route, status).observe(seconds)


def _begin() -> None:
    g.began = time.perf_counter()
    begin_request(request.remote_addr)


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id.get() or ""
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    count(request.method, _route(), response.status_code, seconds)
    return response


def _route() -> str:
    """Return the route's pattern: a path may contain a secret link."""
    return request.url_rule.rule if request.url_rule else "none"


def _person() -> str | None:
    """The signed-in user's id. An app of a test may have no sign-in."""
    person: Any = current_user
    return person.actor.user_id if person and person.is_authenticated else None


def _is_page_request() -> bool:
    return not request.path.startswith(("/api/", "/socket.io", "/healthz", "/readyz", "/metrics"))


def _refused(refusal: Refusal) -> Response:
    body = problem(refusal)
    refusal_listeners.publish(refusal, _person(), f"{request.method} {_route()}")
    if _is_page_request():
        return Response(render_template("error.html", problem=body), status=refusal.status)
    response = answer(body, refusal.status)
    response.mimetype = "application/problem+json"
    retry_after = refusal.params.get("retry_after")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return Response(error.get_response().data, error.code, error.get_response().headers)
    code = error.code or 500
    # Others of 4xx, such as a range outside of a file, are the client's mistakes too.
    kind = _BY_STATUS.get(code, errors.MalformedRequest if code < 500 else errors.InternalError)
    return _refused(kind(request_id=request_id.get(), limit="", retry_after=60, kind=""))


def _unexpected_error(error: Exception) -> Response:
    refusal = errors.refusal_for(error)
    if refusal is not None:
        log.error("request_refused_by_fault", route=_route(), code=refusal.code, fault=str(error))
        return _refused(refusal)
    log.error("request_failed", route=_route(), method=request.method, exc_info=error)
    return _refused(errors.InternalError(request_id=request_id.get()))


def _healthz() -> Response:
    return answer({"status": "ok", "version": VERSION})


def _readyz() -> Response:
    try:
        with current_context().database.read() as session:
            session.execute(text("SELECT 1 FROM installation"))
    except Exception:
        log.exception("not_ready")
        return answer({"status": "unavailable"}, 503)
    return answer({"status": "ok"})


def _metrics() -> Response:
    token = current_context().config.metrics_token
    given = request.headers.get("Authorization", "").encode()
    here = is_from_this_machine(request.environ)
    if not here and not (token and hmac.compare_digest(given, f"Bearer {token}".encode())):
        raise errors.NotAllowed(action="metrics.read")
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _words(language: str) -> Response:
    known = i18n.language_named(language)
    if known is None:
        raise errors.NotFound(kind="words")
    tag, zipped = i18n.words_tag(known), request.accept_encodings.quality("gzip") > 0
    script = i18n.words_gzipped(known) if zipped else i18n.words_script(known)
    response = Response(script, mimetype="text/javascript")
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    named = request.args.get("v") == tag
    response.headers["Cache-Control"] = FOR_EVER if named else "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{tag}-gzip" if zipped else tag)
    response.make_conditional(request)
    return response
