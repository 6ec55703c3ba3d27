"""PDF annotations as the render child writes and reads them.

| Module | Owns |
|---|---|
| `spec` | what is to be drawn: the file that the worker hands to the child |
| `space` | from fractions of the page as displayed to the page's own coordinates |
| `pen_outline` | the outline of a pen's stroke, as on the tablets |
| `appearances` | what appearances are made of, as content streams |
| `note_markers` | markers of notes, and numbers at other marks |
| `dictionaries` | the entries that every annotation dictionary has |
| `font_subset`, `embedded_font`, `text_lines` | letters: a font cut down to what is used, lines |
| `syntax` | numbers, strings, names and dates of PDF |
| `annotating` | puts it all into an open document, to be edited or for good |
| `reading` | annotations that a paper already has, for people to read |

What is particular to a kind of annotation stands in `documents.annotations.kinds`.

Nothing here imports PyMuPDF: `documents.rendering.pdf_writing` hands in what is needed of it.
"""
