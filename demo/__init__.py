"""The demonstration: a fictional People's Council in session, with its people and documents.

The product does not import this package. It depends on all other packages and is loaded only when
the demonstration is requested.
"""
