"""Importers: from files to raw issues."""
