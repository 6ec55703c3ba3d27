"""Administration of people and units, and the first-run setup."""
