"""From bytes to values and the places where they stand: what `document.py` reads a file with."""
