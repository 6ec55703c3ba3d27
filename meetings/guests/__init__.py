"""Invited guests without an account: in the roll call and on documents, without sign-in."""
