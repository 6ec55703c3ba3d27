"""A meeting as a whole, and its people. It knows no other feature."""
