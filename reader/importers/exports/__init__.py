"""What other programs export, read with care: parts that the importers of exports share."""
