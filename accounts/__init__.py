"""Units, people, signing in, and the sessions of their devices."""
