"""Attendance: the roll call and the quorum."""
