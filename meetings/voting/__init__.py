"""Voting: polls, ballots, closing, and the verifiable vote log."""
