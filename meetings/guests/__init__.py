"""Invited guests without an account: on the roll and on papers, never signed in."""
