"""Connects the audit to the app: permissions, routes, refused requests, tasks of the worker."""

from functools import partial

from flask import Flask

from audit import declares, views
from audit.refused_requests import refused_requests
from audit.retention import prune_expired
from audit.sealing import seal_ended_days
from core.app_context import AppContext
from core.http import refusal_listeners
from core.periodic import PeriodicTask

SEAL_EVERY = 300.0
PRUNE_EVERY = 6 * 3600.0


def declare(context: AppContext) -> None:
    """Declare the permissions."""
    refusal_listeners.forget_all()
    context.permissions.declare(declares.permissions)


def install(app: Flask) -> None:
    """Register the routes, and write refused requests, in web."""
    app.register_blueprint(views.api)
    app.register_blueprint(views.pages)
    refusal_listeners.listen(refused_requests.note)


def stop(context: AppContext) -> None:
    """At the stop of web: write the refusals that are counted, and close the database."""
    refused_requests.flush()
    context.database.close()


def tasks(context: AppContext) -> list[PeriodicTask]:
    """What the worker does: seals ended days, deletes expired ones."""
    return [
        PeriodicTask("audit_not_sealed", SEAL_EVERY, partial(seal_ended_days, context)),
        PeriodicTask("audit_not_pruned", PRUNE_EVERY, partial(prune_expired, context)),
    ]
