"""Annotations on documents: text marks, notes and ink, private or shared."""
