"""The newsletters of the library: their order and groups, and a page for each."""
