"""Papers: upload, versions, page images and words of pages.

A paper lies on a *shelf*; who may use a shelf is answered by the shelf's owner (see `shelves`).
"""
