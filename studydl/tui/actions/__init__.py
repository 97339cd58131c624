"""The one registry of actions: one module a place; keys, footer, palette and help read it."""
