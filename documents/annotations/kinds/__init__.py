"""The kinds of annotations, a module for each; `registry` lists them.

A kind says what its geometry may be, how it is packed into a row, how a list of comments mentions
it, and which PDF annotation it becomes. The render child loads these modules, so nothing here
imports the web framework or the database.
"""
