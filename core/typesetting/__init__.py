"""Typesetting: a template and facts become a PDF in the official form, in Tinos and nothing else.

`desk.typeset_pdf` is for a server: a child process with limits does the work. `compiler.Typesetter`
is for programs that may wait. `official.typ` is the form that their templates share.
"""
