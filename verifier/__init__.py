"""Checks an exported vote archive: python -m verifier vote-archive.zip. Standard library only.

It shares no code with the server that wrote the archive. docs/vote-log.md describes the checks.
"""
