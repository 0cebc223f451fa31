"""Splitting: from an issue's blocks to its stories."""
