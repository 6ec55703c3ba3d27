"""Reads and writes PDF annotations in the render child.

| Module | Content |
|---|---|
| `spec` | the specification file that the worker writes and the child reads |
| `page_space` | conversion from fractions of the page as displayed to user space |
| `pen_outline` | outlines of pen strokes, identical to those in the browser |
| `appearance` | parts of appearance streams |
| `note_markers` | markers of notes, and numbers at other marks |
| `dictionaries` | the entries that every annotation dictionary has |
| `font_subset`, `embedded_font`, `text_lines` | embedded subsets of fonts, line breaking |
| `note_pages` | pages with the texts of notes, for flattened documents |
| `syntax` | PDF numbers, strings, references and dates |
| `annotating` | writes marks into an open document, editable or flattened |
| `existing` | annotations that an uploaded document already has |

Code that is specific to a kind of annotation is in `documents.annotations.kinds`.

These modules do not import PyMuPDF; `documents.rendering.pdf_writing` passes what they need.
"""
