"""What the features of a meeting share: its tables, roles in it, and the registry of features."""
