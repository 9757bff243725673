"""The areas' own rules and words, read from files."""
