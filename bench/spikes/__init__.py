"""Experiments that decided how something is built; each has an ADR with its numbers."""
