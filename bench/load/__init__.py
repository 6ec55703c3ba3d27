"""Simulated people and tablets: what a benchmark puts on the server."""
