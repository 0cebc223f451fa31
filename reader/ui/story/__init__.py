"""The story page: the right pane."""
