"""Flashcards for deep learning that prove themselves."""

__version__ = "0.1.0"
