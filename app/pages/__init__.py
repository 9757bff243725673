"""Thin HTTP routes, a file per noun: load, ask, render."""
