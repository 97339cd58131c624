"""Our memory beside Anki's own backend: the same cards, the same reviews, one run."""
