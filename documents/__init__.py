"""Documents: upload, versions, page images and the words of pages.

A document belongs to a *container*. The container's owner sets the access policy (`containers`).
"""
