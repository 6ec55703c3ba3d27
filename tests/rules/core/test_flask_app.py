"""A socket's event opens a request context that looks for no route; every other request does."""

import gc

from core.http.flask_app import SOCKETS, WebApp


def made() -> WebApp:
    app = WebApp(__name__)
    app.secret_key = "x" * 32
    return app


def test_no_route_is_looked_for_behind_a_sockets_event():
    with made().test_request_context(SOCKETS) as context:
        assert context.request.routing_exception is None
    with made().test_request_context("/nowhere") as context:
        assert context.request.routing_exception is not None


def test_an_event_leaves_no_garbage_that_only_a_collection_frees():
    app = made()
    environ = app.test_request_context(SOCKETS).request.environ
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            with app.request_context(environ):
                pass
        assert gc.collect() == 0
    finally:
        gc.enable()
