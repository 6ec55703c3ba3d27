"""Copies of an installation: `./run backup` while it runs, `./run restore` into an empty folder."""
