"""The demonstration: one made-up People's Council in session, its people and its papers.

Nothing in the product imports this package; it sits above all slices and is loaded
only when the demonstration is asked for.
"""
