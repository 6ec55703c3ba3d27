"""Prints a URL as a QR code. Runs in .venv (segno)."""

import sys

import segno

if __name__ == "__main__":
    segno.make(sys.argv[1], error="m").terminal(compact=True)
