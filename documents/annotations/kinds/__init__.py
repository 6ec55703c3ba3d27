"""The kinds of annotations, one module each; `registry` lists them.

A kind defines its geometry, the binary format of the geometry, its entry in a list of comments,
and its PDF annotation. The render child loads these modules, so they must not import the web
framework or the database.
"""
