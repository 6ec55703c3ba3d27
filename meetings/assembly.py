"""Brings the meetings into the house: permissions, shelves, and in web the routes and sockets."""

from flask import Flask

from core.house import House
from documents import shelves
from meetings import declares, pages, views
from meetings.agenda import declares as agenda_declares
from meetings.agenda import views as agenda_views
from meetings.live import declares as live_declares
from meetings.live import views as live_views
from meetings.live.stages import Stages
from meetings.membership import MeetingShelves, item_roles, meeting_roles
from meetings.models import AgendaItem, Meeting
from meetings.voting import rule_declares, rule_views


def declare(house: House) -> None:
    """What every process needs: who may do what, and who answers for the shelves."""
    for slice_ in (declares, agenda_declares, live_declares, rule_declares):
        house.permissions.declare(slice_.permissions)
    house.permissions.resolve(Meeting, meeting_roles)
    house.permissions.resolve(AgendaItem, item_roles)
    shelves.register(MeetingShelves.kinds, MeetingShelves())


def install(app: Flask, stages: Stages) -> None:
    """The routes and pages, in web."""
    for blueprint in (views.api, agenda_views.api, rule_views.api, pages.pages):
        app.register_blueprint(blueprint)
    live_views.install(app, stages)
