"""Measurements: what the program takes, beside what others take, in one run."""
