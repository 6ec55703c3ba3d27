"""The papers of a vote: pure functions from facts to bytes."""
