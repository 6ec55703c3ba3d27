"""Typesetting: makes a PDF in the official form from a template and facts, in Tinos only.

`service.typeset_pdf` is for a server: a child process with limits does the work.
`compiler.Typesetter` is for programs that may block. The templates share `official.typ`.
"""
