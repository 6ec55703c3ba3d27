"""The agenda: the items of a meeting, their order, and the current item."""
