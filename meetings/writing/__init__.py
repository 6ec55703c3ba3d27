"""Writing for the whole room: permission and muting."""
