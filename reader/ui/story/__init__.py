"""The story page: the right pane."""

from reader.ui.story.pane import StoryPane
from reader.ui.story.view import StoryView

__all__ = ["StoryPane", "StoryView"]
