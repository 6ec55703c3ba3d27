"""Who is here: the roll call and the quorum."""
