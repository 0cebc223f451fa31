"""The cache: issues, stories and states in SQLite."""
