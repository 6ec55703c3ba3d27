"""Registers documents: permissions and, in web processes, the routes and the worker connection."""

from flask import Flask

from core.app_context import AppContext
from core.periodic import PeriodicTask
from core.transactions.event_erasing import ERASE_EVERY
from documents import declares
from documents.annotations import declares as annotation_declares
from documents.annotations import erasing
from documents.annotations import views as annotation_views
from documents.http import export_views, image_fast_path
from documents.http.views import api
from documents.search import service as search
from documents.worker import ipc_client
from documents.worker.ipc_client import IpcClient


def declare(context: AppContext) -> None:
    """Declare the permissions, in every process."""
    context.permissions.declare(declares.permissions)
    context.permissions.declare(annotation_declares.permissions)


def tasks() -> list[PeriodicTask]:
    """What the worker does beside its queues: erases deleted annotations from events, and words of
    removed documents from the index."""
    return [
        PeriodicTask("annotations_not_erased", ERASE_EVERY, erasing.erase_deleted),
        PeriodicTask("search_index_not_refreshed", ERASE_EVERY, search.refresh),
    ]


def install(app: Flask, link: IpcClient) -> None:
    """Register the worker connection and the routes, in a web process."""
    ipc_client.install(link)
    app.register_blueprint(api)
    image_fast_path.install(app, "documents.get_image", "documents.get_tile")
    app.register_blueprint(annotation_views.api)
    app.register_blueprint(export_views.api)
