"""A conference as a file: read into the acts of a meeting, played through the rules, and written back."""
