"""Kinboard: the live whiteboard of a child protection conference."""
