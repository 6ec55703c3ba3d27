"""Registers search as a feature of meetings."""

from meetings.search import views
from meetings.shared.feature import Feature

feature = Feature(name="search", blueprints=(views.api,))
