"""The features of meetings, in the order in which their hooks run. Each line registers one."""

from meetings.agenda.feature import feature as agenda
from meetings.attendance.feature import feature as attendance
from meetings.guests.feature import feature as guests
from meetings.meeting.feature import feature as meeting
from meetings.notes.feature import feature as notes
from meetings.presentation.feature import feature as presentation
from meetings.room.feature import feature as room
from meetings.search.feature import feature as search
from meetings.voting.feature import feature as voting
from meetings.writing.feature import feature as writing

FEATURES = (
    meeting,
    agenda,
    attendance,
    guests,
    notes,
    presentation,
    writing,
    voting,
    search,
    room,
)
