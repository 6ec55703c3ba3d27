"""People, units, passwords and sign-ins."""
