"""Brings the meetings into the app: permissions, containers, and in web the routes."""

from flask import Flask

from accounts import interfaces
from core.house import House
from core.openapi import Additions, add_to_descriptions
from documents import containers
from meetings import app_shell, pages
from meetings.agenda.containers import KINDS
from meetings.container_policy import MeetingContainerPolicy
from meetings.features import FEATURES
from meetings.meeting.queries import MeetingView, meeting_view_type, sits_in_a_meeting
from meetings.presentation.stages import Stages
from meetings.room import snapshot
from meetings.room import views as room_views
from meetings.shared.feature import features, install_features


def declare(house: House) -> None:
    """What every process needs: who may do what, who answers for containers and for accounts."""
    registered = install_features(FEATURES)
    for feature in registered.registered:
        house.permissions.declare(feature.permissions)
        for kind, resolver in feature.permission_subjects.items():
            house.permissions.resolve(kind, resolver)
    containers.register(KINDS, MeetingContainerPolicy())
    interfaces.keeps_awake(sits_in_a_meeting)
    interfaces.on_person_changed(registered.person_changed)
    interfaces.on_unit_changed(registered.unit_changed)


def install(app: Flask, stages: Stages) -> None:
    """The routes and pages, in web."""
    registered = features()
    for feature in registered.registered:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
    app.register_blueprint(pages.pages)
    app.register_blueprint(app_shell.shell)
    app.context_processor(lambda: {"topbar_links": registered.topbar_links})
    room_views.install(app, stages)
    types = {
        MeetingView: meeting_view_type(),
        snapshot.Snapshot: snapshot.snapshot_type(),
        snapshot.CatchUp: snapshot.catch_up_type(),
    }
    refusals = {
        endpoint: refused
        for feature in registered.registered
        for endpoint, refused in feature.refusals.items()
    }
    add_to_descriptions(app, Additions(types=types, refusals=refusals))
