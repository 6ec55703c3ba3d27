"""Installs documents: permissions, and in web the routes and the link to the worker."""

from flask import Flask

from core.house import House
from documents import declares, page_gate, worker_link
from documents.access import container_roles
from documents.annotations import declares as annotation_declares
from documents.annotations import export_views
from documents.annotations import views as annotation_views
from documents.containers import ContainerAccess
from documents.views import api
from documents.worker_link import WorkerLink


def declare(house: House) -> None:
    """What every process needs: who may do what."""
    house.permissions.declare(declares.permissions)
    house.permissions.declare(annotation_declares.permissions)
    house.permissions.resolve(ContainerAccess, container_roles)


def install(app: Flask, link: WorkerLink) -> None:
    """The routes, in web."""
    worker_link.install(link)
    app.register_blueprint(api)
    page_gate.install(app, "documents.get_image", "documents.get_tile")
    app.register_blueprint(annotation_views.api)
    app.register_blueprint(export_views.api)
