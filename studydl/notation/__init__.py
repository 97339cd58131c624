"""A LaTeX subset laid out as two-dimensional Unicode."""
