"""Writing for the whole room: who may, and who was muted."""
