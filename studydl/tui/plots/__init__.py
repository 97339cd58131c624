"""Plots made of characters: curves, bars and columns as lines of content."""
