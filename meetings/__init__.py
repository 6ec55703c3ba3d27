"""Meetings: one meeting from draft to archive, in subpackages named after what happens in it."""
