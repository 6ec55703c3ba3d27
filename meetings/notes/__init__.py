"""Personal notes that are not on a page, with or without a meeting."""
