"""Documents: upload, versions, page images and words of pages.

A document is in a *container*; the container's owner sets the policy of access (see `containers`).
"""
