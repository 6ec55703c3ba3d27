"""Registers writing for the room as a feature of meetings."""

from meetings.shared.feature import Feature
from meetings.writing import declares, views

feature = Feature(name="writing", blueprints=(views.api,), permissions=declares.permissions)
