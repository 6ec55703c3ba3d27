"""Installs meetings: permissions, the policy of containers, in web the routes and sockets."""

from flask import Flask

from core.house import House
from documents import containers
from meetings import app_shell, declares, pages, views
from meetings.agenda import declares as agenda_declares
from meetings.agenda import views as agenda_views
from meetings.attendance import declares as attendance_declares
from meetings.attendance import views as attendance_views
from meetings.container_policy import MeetingContainerPolicy
from meetings.containers import KINDS
from meetings.guests import declares as guest_declares
from meetings.guests import views as guest_views
from meetings.live import declares as live_declares
from meetings.live import views as live_views
from meetings.live.stages import Stages
from meetings.membership import (
    Membership,
    item_roles,
    meeting_roles,
    membership_roles,
)
from meetings.models import AgendaItem, Meeting
from meetings.notes import declares as note_declares
from meetings.notes import views as note_views
from meetings.voting import ballot_views, log_views, paper_views, rule_declares, rule_views
from meetings.voting import declares as voting_declares
from meetings.voting import views as voting_views
from meetings.writing import declares as writing_declares
from meetings.writing import views as writing_views


def declare(house: House) -> None:
    """What every process needs: permissions, and the policy of the containers of meetings."""
    slices = (
        declares,
        agenda_declares,
        attendance_declares,
        guest_declares,
        live_declares,
        note_declares,
        voting_declares,
        rule_declares,
        writing_declares,
    )
    for slice_ in slices:
        house.permissions.declare(slice_.permissions)
    house.permissions.resolve(Meeting, meeting_roles)
    house.permissions.resolve(AgendaItem, item_roles)
    house.permissions.resolve(Membership, membership_roles)
    containers.register(KINDS, MeetingContainerPolicy())


def install(app: Flask, stages: Stages) -> None:
    """The routes and pages, in web."""
    slices = (
        views,
        agenda_views,
        attendance_views,
        guest_views,
        note_views,
        voting_views,
        ballot_views,
        log_views,
        paper_views,
        rule_views,
        writing_views,
    )
    for blueprint in (*(slice_.api for slice_ in slices), pages.pages, app_shell.shell):
        app.register_blueprint(blueprint)
    live_views.install(app, stages)
