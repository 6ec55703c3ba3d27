"""Voting: questions, ballots, closing, the record that anyone can check."""
