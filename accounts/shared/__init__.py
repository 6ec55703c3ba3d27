"""Tables, names, errors and queries that the other modules of accounts share."""
