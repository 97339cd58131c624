"""Is this answer right, and if not, where does it differ."""
