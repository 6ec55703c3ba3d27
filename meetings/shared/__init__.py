"""Code that the features of a meeting share: tables, roles, and the registry of features."""
