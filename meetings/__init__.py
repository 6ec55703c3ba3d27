"""Meetings: one meeting from draft to archive, in one subpackage for each subject."""
