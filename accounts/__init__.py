"""Accounts: units, users, signing in, and the sessions of their devices."""
