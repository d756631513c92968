"""A file becomes rows: reading, mapping, typing, comparing, committing."""
