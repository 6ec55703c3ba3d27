"""The container of the documents of a meeting itself."""

from documents.containers import Container

MEETING_CONTAINER = "meeting"
"""The kind of a meeting's own container."""


def meeting_container(meeting_id: str) -> Container:
    """The container of the documents of the meeting itself."""
    return Container(MEETING_CONTAINER, meeting_id)
