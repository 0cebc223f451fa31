"""The feeds of the web, read: XML of all kinds, and JSON."""
