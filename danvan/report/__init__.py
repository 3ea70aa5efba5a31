"""Reported: what was gathered, as a file to take away. Nothing is read, measured or decided here."""
