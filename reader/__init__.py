"""Tearsheet: a desktop reader for digest newsletters, in which the story is the unit."""

__version__ = "0.1.0"
