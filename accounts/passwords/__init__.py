"""Passwords: rules, and hashing in a bounded queue."""
