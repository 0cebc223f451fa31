"""Markdown: a file a story, for Obsidian, GitHub and whatever reads text."""

from __future__ import annotations

from reader.exporters.gfm import blocks_markdown

__all__ = ["blocks_markdown"]
