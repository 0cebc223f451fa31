"""From a raw issue to its stories. Pure functions: text in, dataclasses out."""
