"""What fills the terminal: one screen a module, its style sheet beside it."""
