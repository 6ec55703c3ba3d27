"""Shared infrastructure of every feature; imports no feature."""
