"""The roll call as a feature of meetings."""

from meetings.attendance import declares, views
from meetings.shared.feature import Feature

feature = Feature(name="attendance", blueprints=(views.api,), permissions=declares.permissions)
