"""The agenda: the items of a meeting, their order, and which one is now."""
