"""Notes of one person that lie on no page: for a meeting, or for oneself."""
