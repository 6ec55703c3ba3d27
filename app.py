"""Composition root: reads the settings and assembles the application of one process.

`./run` starts `python app.py ROLE --data DIR`, see `main`. No other decisions
belong in this module.
"""

import gc
import os
import sys

if __name__ == "__main__":
    # Imports create objects that live as long as the process: a garbage collection frees nothing.
    gc.disable()

if __name__ == "__main__" and sys.argv[1:2] == ["web"]:
    if os.environ.get("DIENHONG_ASYNC_MODE", "eventlet") == "eventlet":
        # Before every other import: a module imported before patching stays unpatched.
        from core.server import eventlet_server

        eventlet_server.patch()

        from core.server import eventlet_fastpath

import argparse
import json
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from flask_socketio import SocketIO
from werkzeug.middleware.proxy_fix import ProxyFix

import accounts.wiring
import audit.wiring
import documents.wiring
import meetings.wiring
from accounts.people.setup import make_setup_link
from accounts.second_factor.service import AccountWithoutFactor
from accounts.shared.queries import has_users
from accounts.sign_in import csrf, sessions
from backup.manifest import CopyUnusable
from core import clock, i18n, logs
from core.app_context import AppContext, install_context
from core.clock_check import compare_clock
from core.config import VERSION, Config, UnsafeSetting, read_config
from core.db.database import Database, NewerData
from core.db.models import Installation
from core.http import https_redirect, middleware, openapi_document, pages, static_files
from core.http.fast_actions import FastActions
from core.http.fast_reads import FastReads
from core.http.flask_app import WebApp
from core.http.security_headers import SecurityHeaders
from core.ids import new_id
from core.installation_starts import IncompleteRestore, OldData, check_complete, count_start
from core.periodic import PeriodicTask
from core.permissions import Permissions
from core.realtime import broadcast
from core.realtime.dispatcher import Dispatcher
from core.realtime.socket_edge import SocketEdge, TextPacket
from core.realtime.socket_middleware import MAX_MESSAGE, PacketJson
from core.server import listener, parent_death, threading_server
from core.server.listener import CannotListen
from core.server.timeouts import ConnectionLimits
from core.server.tls import files_in
from core.server.watchdog import HubWatchdog
from core.storage import Storage
from documents.worker.ipc_client import IpcClient
from documents.worker.messages import proof_of
from documents.worker.process import AnotherWorker, Unconfined, run_worker
from meetings.room.room_service import RoomService
from meetings.voting.vote_log.installation_key import ensure_key, open_witness
from meetings.voting.vote_log.signing_keys import VoteKeyUnusable
from meetings.voting.vote_log.witness_comparison import compare_at_start

log = structlog.get_logger()
REFUSALS = (
    CopyUnusable,
    UnsafeSetting,
    NewerData,
    OldData,
    IncompleteRestore,
    CannotListen,
    AnotherWorker,
    AccountWithoutFactor,
    Unconfined,
    VoteKeyUnusable,
    PermissionError,
)
REFUSED = 2
"""Exit code of a start that was refused with a one-sentence message."""


def assemble(config: Config) -> AppContext:
    """Return the context of this process, with no notifier. The data must be prepared."""
    database = Database(config.database_url, config.lock_path, reserve=config.disk_reserve)
    context = AppContext(config, database, Storage(config.data), Permissions())
    for slice_ in (accounts.wiring, documents.wiring, meetings.wiring, audit.wiring):
        slice_.declare(context)
    i18n.set_up(config.language, cookie_prefix=config.cookie_prefix)
    install_context(context)
    return context


def make_web(
    context: AppContext, direct: broadcast.Direct | None = None
) -> tuple[Flask, SocketIO, RoomService]:
    """Return the app of the web process, fully wired; its background loops are not started.

    direct: writes packets to clients past their queues; None where the server cannot.
    """
    config = context.config
    app = WebApp(__name__)
    socketio = SocketIO(
        app,
        async_mode=config.async_mode,
        async_handlers=False,
        json=PacketJson,
        serializer=TextPacket,
        manage_session=False,
        ping_interval=5,
        ping_timeout=8,
        max_http_buffer_size=MAX_MESSAGE,
        http_compression=False,
        client_manager=broadcast.Broadcaster(direct),
    )
    context.epoch = epoch_of(context.database)
    link = IpcClient(config.worker_socket, proof_of(config.secret_key))
    dispatcher = Dispatcher(context.database, context.epoch, link.notify_jobs)
    context.notifier = dispatcher
    if config.async_mode == "threading":
        threading_server.limit_messages(socketio.server.eio, MAX_MESSAGE)
    broadcast.install(socketio)
    edge = SocketEdge(socketio, partial(sessions.actor_of, app, longest=sys.maxsize))
    rooms = meetings.wiring.open_rooms(socketio, dispatcher, edge)
    middleware.install(app)
    pages.install(app)
    i18n.babel.init_app(app, locale_selector=i18n.chosen_language)
    accounts.wiring.install(app, context)
    documents.wiring.install(app, link)
    meetings.wiring.install(app, rooms.presentations)
    audit.wiring.install(app)
    openapi_document.install(app, VERSION)
    link.listen(on_room=dispatcher.room, on_person=dispatcher.person, on_progress=rooms.progress)
    _install_wsgi_middleware(app, config)
    return app, socketio, rooms


def _install_wsgi_middleware(app: Flask, config: Config) -> None:
    """Wrap the app; the layer that is installed last receives a request first."""
    wsgi: Any = static_files.BundledFiles(app.wsgi_app)
    wsgi = FastActions(app, wsgi, partial(csrf.actor_of_change, app))
    wsgi = FastReads(app, wsgi, partial(sessions.actor_of, app))
    if config.tls:
        wsgi = https_redirect.HttpsRedirect(wsgi)
    app.wsgi_app = SecurityHeaders(wsgi, demo=config.demo, hsts_days=config.hsts_days)  # type: ignore[method-assign, assignment]
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )


def prepare(config: Config) -> dict[str, str | None]:
    """Bring the data folder up to date; return the paths that the starter shows."""
    # Not for web and worker, which would keep the 6 MB of Alembic.
    from core.db.migrate import migrate  # noqa: PLC0415

    fresh = assemble(config)
    migrate(config, fresh.database)
    _ensure_installation(fresh.database)
    ensure_key(fresh)
    open_witness(fresh)
    fresh.epoch = epoch_of(fresh.database)
    paths: dict[str, str | None] = {"setup_path": None, "phone_path": None}
    if config.demo:
        from demo.wiring import seed_demo  # noqa: PLC0415 - a demo's own 15 MB

        paths["phone_path"] = seed_demo(fresh)
    else:
        paths["setup_path"] = _setup_path(fresh)
    fresh.database.close()
    return paths


def _ensure_installation(database: Database) -> None:
    """Insert the installation's row when a data folder is first prepared."""
    with database.write() as session:
        if session.get(Installation, 1) is None:
            session.add(Installation(id=1, epoch=new_id(), created_at=clock.now()))
            database.commit(session)


def epoch_of(database: Database) -> str:
    """Return the epoch of this data folder."""
    with database.read() as session:
        return session.get_one(Installation, 1).epoch


def _setup_path(context: AppContext) -> str | None:
    """Return the path of the one-time setup link; None when user accounts exist."""
    with context.database.write() as session:
        if has_users(session):
            return None
        token = make_setup_link(session)
        context.database.commit(session)
    return f"/setup/{token}"


def run_web(config: Config) -> None:
    """Serve until the process is stopped."""
    listener_socket = listener.bind(config.host, config.port)
    logs.set_up("web")
    context = assemble(config)
    direct = None
    if config.async_mode == "eventlet" and config.direct_broadcast:
        direct = eventlet_fastpath.DirectWrites()
    app, socketio, rooms = make_web(context, direct)
    open_witness(context)
    count_start(context)
    compare_clock(context)
    compare_at_start(context)
    HubWatchdog().start()
    rooms.start()
    if config.demo:
        from demo.wiring import install_demo  # noqa: PLC0415 - a demo's own 15 MB

        for run in install_demo(app, rooms, context):
            socketio.start_background_task(run)
    parent_death.watch_from_environment()
    stop = partial(audit.wiring.stop, context)
    if config.async_mode == "threading":
        threading_server.serve(app, listener_socket, on_stop=stop)
    else:
        tls = files_in(config.data) if config.tls else None
        # A proxy has the connections of all clients, and bounds them itself.
        limits = ConnectionLimits(most_waiting=0) if config.trusted_proxies else ConnectionLimits()
        eventlet_server.serve(app, listener_socket, limits=limits, tls=tls, on_stop=stop)


def run_worker_process(config: Config) -> None:
    """Run jobs until the process is stopped."""
    logs.set_up("worker")
    context = assemble(config)
    context.epoch = epoch_of(context.database)
    open_witness(context)
    compare_clock(context)
    parent_death.watch_from_environment()
    run_worker(context, _scheduled(context))


def _scheduled(context: AppContext) -> list[PeriodicTask]:
    tasks = [*documents.wiring.tasks(), *meetings.wiring.tasks(), *audit.wiring.tasks(context)]
    if context.config.backup is not None:
        from backup.schedule import ScheduledBackups  # noqa: PLC0415 - where it is not used

        tasks.append(ScheduledBackups(context, context.config.backup).task())
    return tasks


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.py")
    roles = ["prepare", "web", "worker", "rotate-vote-key", "remove-second-factor"]
    roles += ["backup", "restore"]
    parser.add_argument("role", choices=roles)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--to", type=Path, default=Path())
    parser.add_argument("--keep-days", type=int, default=0)
    parser.add_argument("--from", dest="source", type=Path, default=Path())
    parser.add_argument("--keys", type=Path)
    parser.add_argument("--username", default="")
    parser.add_argument("--without-key", action="store_true")
    return parser


def main(arguments: list[str]) -> int:
    """Run one role. Return 0, or 2 after a one-sentence message on standard error."""
    gc.freeze()
    gc.enable()
    os.umask(0o077)  # Nobody else reads what this program writes.
    given = _parser().parse_args(arguments)
    try:
        config = read_config(given.data, host=given.host, port=given.port, demo=given.demo)
        if given.role != "restore":
            check_complete(config.data)
        if given.role == "prepare":
            print(json.dumps(prepare(config)), flush=True)
        elif given.role == "web":
            run_web(config)
        elif given.role == "worker":
            run_worker_process(config)
        else:
            # Not for web and worker.
            from maintenance import run_task  # noqa: PLC0415

            run_task(given, config, assemble)
    except REFUSALS as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
