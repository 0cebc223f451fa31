"""The issue list: the left pane."""
